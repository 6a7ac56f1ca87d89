import { sha256 } from '../files/digest.ts';
import { goJson } from '../go-json.ts';
import { type Manifest, MANIFEST_TYPE } from './manifests.ts';

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
  manifest: Manifest;
}

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

/** https://github.com/opencontainers/image-spec/blob/main/manifest.md (Guidance for an Empty Descriptor). */
const EMPTY = createBlob('application/vnd.oci.empty.v1+json', Buffer.from('{}'));

/** A file as an artifact of its media type that is attached to a manifest. */
export function createReferrer(subject: Descriptor, layer: Blob): Artifact {
  const manifest = {
    schemaVersion: 2,
    mediaType: MANIFEST_TYPE,
    artifactType: layer.descriptor.mediaType,
    config: { ...EMPTY.descriptor },
    layers: [{ ...layer.descriptor }],
    subject: { ...subject },
  };
  return {
    blobs: [EMPTY, layer],
    manifest: { bytes: Buffer.from(goJson(manifest)), mediaType: MANIFEST_TYPE },
  };
}
