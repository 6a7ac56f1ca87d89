import { sha256 } from '../files/digest.ts';
import type { RegistryClient } from './client.ts';
import type { RegistryResponse } from './session.ts';

/** A manifest as a registry keeps it. */
export interface Manifest {
  bytes: Uint8Array;
  mediaType: string;
}

/** What a tag names. */
export interface TaggedManifest extends Manifest {
  /** `sha256:` and hex. */
  digest: string;
}

/** Media types of the image specification (https://github.com/opencontainers/image-spec). */
export const MANIFEST_TYPE = 'application/vnd.oci.image.manifest.v1+json';
export const INDEX_TYPE = 'application/vnd.oci.image.index.v1+json';

const MANIFEST_TYPES = [
  MANIFEST_TYPE,
  INDEX_TYPE,
  'application/vnd.docker.distribution.manifest.v2+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
];

/** The media type of an answer, without its parameters. */
export function mediaTypeOf(response: RegistryResponse): string {
  const [mediaType = ''] = response.header('content-type').split(/\s*;/, 1);
  return mediaType;
}

/**
 * The manifest that a tag names, undefined where there is none.
 * @param reference a tag, or a digest.
 * @throws UserError DENIED, NETWORK
 */
export async function readManifest(
  client: RegistryClient,
  repository: string,
  reference: string,
): Promise<TaggedManifest | undefined> {
  const url = client.urlOf(repository, `manifests/${reference}`);
  const headers = { accept: MANIFEST_TYPES.join(', ') };
  const response = await client.ask({ method: 'GET', url, repository, headers });
  if (response.status === 404) return undefined;
  if (response.status !== 200) throw await client.refusal(response, repository, 'pull from');
  const { body: bytes } = response;
  return { bytes, digest: `sha256:${sha256(bytes)}`, mediaType: mediaTypeOf(response) };
}

/**
 * Has a tag name a manifest, whose blobs are all there.
 * @param reference a tag, or the digest of the manifest.
 * @returns what the registry says.
 * @throws UserError DENIED, NETWORK
 */
export async function writeManifest(
  client: RegistryClient,
  repository: string,
  reference: string,
  { bytes, mediaType }: Manifest,
): Promise<RegistryResponse> {
  const url = client.urlOf(repository, `manifests/${reference}`);
  const headers = { 'content-type': mediaType };
  const response = await client.ask({ method: 'PUT', url, repository, headers, body: bytes });
  if (response.status !== 201) throw await client.refusal(response, repository, 'push to');
  return response;
}
