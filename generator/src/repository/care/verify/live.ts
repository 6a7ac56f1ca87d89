import { posix } from 'node:path';
import { MAX_CHART_SIZE } from '../../../archive/limits.ts';
import { readArchive } from '../../../archive/read.ts';
import { UserError } from '../../../errors.ts';
import { mapPool } from '../../../map-pool.ts';
import { isLoopback, nameOfUrl } from '../../../network/url.ts';
import type { Progress } from '../../../progress.ts';
import { MAX_PROVENANCE_SIZE, provenanceName } from '../../../provenance/provenance-file.ts';
import { INDEX_FILE } from '../../directory/directory-index.ts';
import { MAX_FETCHED_INDEX_SIZE, resolveInRepository } from '../../http-repository.ts';
import { RETIRED_INDEX } from '../../retired-index.ts';
import { openVerifiedIndex, type VerifiedIndex } from './claim.ts';
import type { Client } from './client.ts';
import type { Location, Reading, VerifiedRepository } from './repository.ts';

export interface LiveOptions {
  client: Client;
  /** How many archives are fetched at a time. */
  concurrency: number;
  /** Ask for the provenance file of every archive, and not only where the newest one has one. */
  allProvenance: boolean;
  progress: Progress;
}

/**
 * A repository as its clients see it.
 * @param url of the repository or of its index.yaml.
 * @throws UserError NETWORK, INDEX_INVALID
 */
export async function openLive(url: URL, options: LiveOptions): Promise<VerifiedRepository> {
  const root = rootOf(url);
  const { client, concurrency, progress } = options;
  const indexes = await fetchIndexes(root, client);
  const newestProvenance = new Map<string, Promise<Uint8Array | undefined>>();
  const provenanceOfNewest = (place: string) => {
    const known = newestProvenance.get(place) ?? fetchProvenance(place, client);
    newestProvenance.set(place, known);
    return known;
  };
  return {
    name: nameOfUrl(root),
    indexes,
    locate: (reference, index) => locate(root, reference, index),
    readArchives: async (places, use) => {
      let done = 0;
      await mapPool(places, concurrency, async (place) => {
        await use(place, await fetchArchive(place, client));
        progress(`checking ${++done} of ${places.length} archives of ${nameOfUrl(root)}`);
      });
    },
    readProvenance: async (place, newest) => {
      if (place === newest) return provenanceOfNewest(newest);
      const isExpected = options.allProvenance || (await provenanceOfNewest(newest)) !== undefined;
      return isExpected ? fetchProvenance(place, client) : undefined;
    },
    findOrphans: () => [],
  };
}

/** The URL that the files of a repository are below. */
function rootOf(url: URL): URL {
  const root = new URL(url);
  root.pathname = `${root.pathname.replace(/\/(?:index\.yaml)?$/, '')}/`;
  return root;
}

async function fetchIndexes(root: URL, client: Client): Promise<VerifiedIndex[]> {
  const limit = { maxBytes: MAX_FETCHED_INDEX_SIZE };
  const open = (path: string, bytes: Uint8Array) =>
    openVerifiedIndex(path, bytes, nameOfUrl(new URL(path, root)));
  const index = await open(INDEX_FILE, await client.fetch(urlBelow(root, INDEX_FILE), limit));
  const retired = await client.fetchIfPresent(urlBelow(root, RETIRED_INDEX), limit);
  return retired === undefined ? [index] : [index, await open(RETIRED_INDEX, retired)];
}

function urlBelow(root: URL, path: string): URL {
  const url = new URL(path, root);
  url.search = root.search;
  return url;
}

function locate(root: URL, reference: string, index: string): Location {
  const url = resolveInRepository(reference, urlBelow(root, posix.dirname(index)).href);
  const unchecked = (why: string) => ({ rule: 'unchecked-archive' as const, reason: why });
  if (url === null)
    return { rule: 'missing-archive', reason: `${JSON.stringify(reference)} is no URL` };
  const name = nameOfUrl(url);
  if (url.username !== '' || url.password !== '')
    return unchecked(`${name} was not fetched: its URL has a login in it, which all can read`);
  if (url.protocol === 'https:') return { place: url.href };
  if (url.protocol !== 'http:')
    return unchecked(`${url.protocol}//${url.host}${url.pathname} was not fetched, only https is`);
  if (root.protocol === 'http:' && isLoopback(url)) return { place: url.href };
  return unchecked(`${name} was not fetched: it would not be encrypted`);
}

async function fetchArchive(place: string, client: Client): Promise<Reading> {
  const url = new URL(place);
  try {
    const accept = 'application/gzip,application/octet-stream';
    const bytes = await client.fetch(url, { maxBytes: MAX_CHART_SIZE, accept });
    return { archive: { ...readArchive(bytes, nameOfUrl(url)), fileName: fileNameOf(url) } };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const { message: reason, next: hint } = error;
    if (error.code === 'ARCHIVE_INVALID') return { rule: 'invalid-archive', reason };
    if (error.code !== 'NETWORK' || client.isLost) throw error;
    return { rule: 'missing-archive', reason, ...(hint !== undefined && { hint }) };
  }
}

function fileNameOf({ pathname }: URL): string {
  const name = posix.basename(pathname);
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

function fetchProvenance(place: string, client: Client): Promise<Uint8Array | undefined> {
  const url = new URL(place);
  url.pathname = provenanceName(url.pathname);
  return client.fetchIfPresent(url, { maxBytes: MAX_PROVENANCE_SIZE });
}
