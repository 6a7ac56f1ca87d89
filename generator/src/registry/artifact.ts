import { sha256 } from '../files/digest.ts';
import { goJson } from '../go-json.ts';

/** How a manifest names a blob (https://github.com/opencontainers/image-spec/blob/main/descriptor.md). */
export interface Descriptor {
  mediaType: string;
  /** `sha256:` and hex. */
  digest: string;
  size: number;
  annotations?: Record<string, string>;
}

export interface Blob {
  descriptor: Descriptor;
  bytes: Uint8Array;
}

/** Blobs, and a manifest that names them. */
export interface Artifact {
  blobs: readonly Blob[];
  manifest: { bytes: Uint8Array; mediaType: string };
}

const MANIFEST_TYPE = 'application/vnd.oci.image.manifest.v1+json';

export function createBlob(
  mediaType: string,
  bytes: Uint8Array,
  annotations?: Record<string, string>,
): Blob {
  const descriptor = { mediaType, digest: `sha256:${sha256(bytes)}`, size: bytes.length };
  return { descriptor: annotations ? { ...descriptor, annotations } : descriptor, bytes };
}

/** An artifact, with its manifest as Helm writes one: without a `mediaType` of its own. */
export function createArtifact(
  config: Blob,
  layers: readonly Blob[],
  annotations: ReadonlyMap<string, string>,
): Artifact {
  const manifest = {
    schemaVersion: 2,
    config: { ...config.descriptor },
    layers: layers.map(({ descriptor }) => ({ ...descriptor })),
    ...(annotations.size > 0 && { annotations }),
  };
  return {
    blobs: [config, ...layers],
    manifest: { bytes: Buffer.from(goJson(manifest)), mediaType: MANIFEST_TYPE },
  };
}
