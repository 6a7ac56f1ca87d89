import { request } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';

export interface StoredManifest {
  text: string;
  config: { mediaType: string; digest: string; size: number };
  layers: { mediaType: string; digest: string; size: number }[];
  annotations?: Record<string, string>;
}

async function get(registry: string, path: string): Promise<Buffer | undefined> {
  const sent = request(`http://${registry}/v2/${path}`, { headers: { accept: '*/*' } }).end();
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
  return body && { ...(JSON.parse(body.toString()) as StoredManifest), text: body.toString() };
}

/** A blob of a registry. */
export function readStoredBlob(
  registry: string,
  repository: string,
  digest: string,
): Promise<Buffer | undefined> {
  return get(registry, `${repository}/blobs/${digest}`);
}
