import { request } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { sha256 } from '../../../../generator/src/files/digest.ts';

interface StoredDescriptor {
  mediaType: string;
  digest: string;
  size: number;
}

export interface StoredManifest {
  text: string;
  /** `sha256:` and hex. */
  digest: string;
  config: StoredDescriptor;
  layers: StoredDescriptor[];
  /** In place of the two above, of an index. */
  manifests?: StoredDescriptor[];
  annotations?: Record<string, string>;
}

// Not every registry takes `*/*` to mean them.
const ACCEPT = ['manifest', 'index'].map((kind) => `application/vnd.oci.image.${kind}.v1+json`);

async function get(registry: string, path: string): Promise<Buffer | undefined> {
  const headers = { accept: [...ACCEPT, '*/*'].join(', ') };
  const sent = request(`http://${registry}/v2/${path}`, { headers }).end();
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  const body = await buffer(response);
  return response.statusCode === 200 ? body : undefined;
}

/** What a registry has under a tag. */
export async function readStored(
  registry: string,
  repository: string,
  tag: string,
): Promise<StoredManifest | undefined> {
  const body = await get(registry, `${repository}/manifests/${tag}`);
  if (!body) return undefined;
  const text = body.toString();
  return { ...(JSON.parse(text) as StoredManifest), text, digest: `sha256:${sha256(body)}` };
}

/** A blob of a registry. */
export function readStoredBlob(
  registry: string,
  repository: string,
  digest: string,
): Promise<Buffer | undefined> {
  return get(registry, `${repository}/blobs/${digest}`);
}
