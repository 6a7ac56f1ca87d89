import { UserError } from '../errors.ts';
import { isMapping, jsonObject, textField } from '../json-object.ts';
import type { Descriptor } from './artifact.ts';
import type { RegistryClient } from './client.ts';
import { INDEX_TYPE, readManifest, writeManifest } from './manifests.ts';

/** Something that is attached to a manifest, as lists of referrers have it. */
export type Referrer = Descriptor & { artifactType: string };

/** A manifest that others are attached to. */
export interface Subject {
  repository: string;
  /** `sha256:` and hex. */
  digest: string;
}

/** Each time another one has written the list in between. */
const ATTEMPTS = 5;

/** What a list of referrers, that others wrote, has. */
export function referrersIn(list: Record<string, unknown> | undefined): Referrer[] {
  const manifests = Array.isArray(list?.manifests) ? list.manifests : [];
  return manifests.filter(
    (item): item is Referrer => isMapping(item) && textField(item, 'digest') !== '',
  );
}

/**
 * What is attached to a manifest, where the registry does not list it by itself: clients keep the
 * list under a tag (distribution specification, Referrers Tag Schema).
 * @returns undefined where there is no list.
 * @throws UserError DENIED; NETWORK also where the tag names something else.
 */
export async function readTaggedList(
  client: RegistryClient,
  { repository, digest }: Subject,
): Promise<Record<string, unknown> | undefined> {
  const tag = tagOf(digest);
  const manifest = await readManifest(client, repository, tag);
  if (!manifest) return undefined;
  const list = jsonObject(manifest.bytes);
  if (list && manifest.mediaType === INDEX_TYPE && Array.isArray(list.manifests)) return list;
  throw new UserError(
    'NETWORK',
    `${client.registry}/${repository}:${tag} is no list of what is attached to ${digest}`,
    { next: 'Find out what that tag is for, and remove it.' },
  );
}

/**
 * Adds to that list. No registry changes a tag on a condition, so the list is read again until what
 * was added is in it: another one may have written it meanwhile.
 * @throws UserError DENIED, NETWORK; BUSY where others do so each time.
 */
export async function addToTaggedList(
  client: RegistryClient,
  subject: Subject,
  referrer: Referrer,
): Promise<void> {
  const { repository, digest } = subject;
  const tag = tagOf(digest);
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const list = await readTaggedList(client, subject);
    if (referrersIn(list).some((present) => present.digest === referrer.digest)) return;
    const present: unknown[] = Array.isArray(list?.manifests) ? list.manifests : [];
    const manifests = [...present, referrer];
    const text = JSON.stringify({ schemaVersion: 2, mediaType: INDEX_TYPE, ...list, manifests });
    const manifest = { bytes: Buffer.from(text), mediaType: INDEX_TYPE };
    await writeManifest(client, repository, tag, manifest);
  }
  throw new UserError('BUSY', `others write ${client.registry}/${repository}:${tag} all the time`, {
    next: 'Run it again when they are done.',
  });
}

function tagOf(digest: string): string {
  return digest.replace(':', '-');
}
