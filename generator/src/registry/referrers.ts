import { sha256 } from '../files/digest.ts';
import { jsonObject } from '../json-object.ts';
import { type Artifact, type Blob, createReferrer, type Descriptor } from './artifact.ts';
import { writeBlob } from './blobs.ts';
import type { RegistryClient } from './client.ts';
import { INDEX_TYPE, mediaTypeOf, writeManifest } from './manifests.ts';
import {
  addToTaggedList,
  readTaggedList,
  type Referrer,
  referrersIn,
  type Subject,
} from './tagged-referrers.ts';

/** An artifact that is attached to a manifest, and what lists say of it. */
export interface Attachment extends Artifact {
  referrer: Referrer;
}

/** What registries without lists of referrers answer when asked for one. */
const WITHOUT_LIST = new Set([400, 404, 405, 406]);

/** A file as an artifact of its media type that is attached to a manifest. */
export function createAttachment(subject: Descriptor, file: Blob): Attachment {
  const artifact = createReferrer(subject, file);
  const { mediaType, bytes } = artifact.manifest;
  const descriptor = { mediaType, digest: `sha256:${sha256(bytes)}`, size: bytes.length };
  return { ...artifact, referrer: { ...descriptor, artifactType: file.descriptor.mediaType } };
}

/**
 * What is attached to a manifest (distribution specification, Listing Referrers).
 * @param artifactType of which type; a registry may tell of others too.
 * @throws UserError DENIED, NETWORK
 */
export async function listReferrers(
  client: RegistryClient,
  subject: Subject,
  artifactType: string,
): Promise<Referrer[]> {
  const { repository, digest } = subject;
  const url = client.urlOf(repository, `referrers/${digest}`);
  url.searchParams.set('artifactType', artifactType);
  const headers = { accept: INDEX_TYPE };
  const response = await client.ask({ method: 'GET', url, repository, headers });
  const { status, body } = response;
  if (status === 200 && mediaTypeOf(response) === INDEX_TYPE) return referrersIn(jsonObject(body));
  if (status !== 200 && !WITHOUT_LIST.has(status))
    throw await client.refusal(response, repository, 'pull from');
  return referrersIn(await readTaggedList(client, subject));
}

/**
 * Attaches an artifact to a manifest that is there.
 * @throws UserError DENIED, NETWORK, BUSY
 */
export async function writeAttachment(
  client: RegistryClient,
  subject: Subject,
  { blobs, manifest, referrer }: Attachment,
): Promise<void> {
  const { repository } = subject;
  for (const blob of blobs) await writeBlob(client, repository, blob);
  const response = await writeManifest(client, repository, referrer.digest, manifest);
  // Only a registry that lists referrers by itself says whose it is.
  if (response.header('oci-subject') === '') await addToTaggedList(client, subject, referrer);
}
