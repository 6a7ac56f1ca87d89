import { UserError } from '../errors.ts';
import { sha256 } from '../files/digest.ts';
import { nameOfUrl } from '../network/url.ts';
import type { Blob } from './artifact.ts';
import type { RegistryClient } from './client.ts';
import type { RegistrySession } from './session.ts';

/**
 * Uploads a blob that is not there yet, and reads it back.
 * @throws UserError DENIED, NETWORK
 */
export async function writeBlob(
  client: RegistryClient,
  repository: string,
  blob: Blob,
): Promise<void> {
  if (await holds(client, repository, blob)) return;
  await client.retrying((ask) => upload(client, ask, repository, blob));
  if (await holds(client, repository, blob)) return;
  const { digest } = blob.descriptor;
  throw new UserError(
    'NETWORK',
    `${client.registry}/${repository} took ${digest} and has not got it`,
    { next: 'Run it again; if that does not help, ask those who run the registry.' },
  );
}

/** By its bytes: a registry that answers for a digest may still have lost, or cut, what it is of. */
async function holds(
  client: RegistryClient,
  repository: string,
  { descriptor: { digest }, bytes }: Blob,
): Promise<boolean> {
  const url = client.urlOf(repository, `blobs/${digest}`);
  const response = await client.ask({ method: 'GET', url, repository, maxBytes: bytes.length });
  if (response.status === 404) return false;
  if (response.status !== 200) throw await client.refusal(response, repository, 'push to');
  return `sha256:${sha256(response.body)}` === digest;
}

/** In one piece; each attempt begins a new one. */
async function upload(
  client: RegistryClient,
  ask: RegistrySession['ask'],
  repository: string,
  { descriptor, bytes }: Blob,
): Promise<void> {
  const start = client.urlOf(repository, 'blobs/uploads/');
  const begun = await ask({ method: 'POST', url: start, repository, body: Buffer.alloc(0) });
  if (begun.status !== 202) throw await client.refusal(begun, repository, 'push to');
  const url = uploadUrl(client, start, begun.header('location'));
  url.searchParams.set('digest', descriptor.digest);
  const headers = { 'content-type': 'application/octet-stream' };
  const done = await ask({ method: 'PUT', url, repository, headers, body: bytes });
  if (done.status !== 201) throw await client.refusal(done, repository, 'push to');
}

/** Only the registry itself gets what is uploaded, and its login. */
function uploadUrl(client: RegistryClient, start: URL, location: string): URL {
  const url = location === '' ? null : URL.parse(location, start.href);
  if (url?.origin === client.url.origin && url.username === '') return url;
  throw new UserError('NETWORK', `${nameOfUrl(start)} wants uploads to go to another server`, {
    next: 'Ask those who run the registry: its address there has to be the one it is called by.',
  });
}
