import type { ChartArchive } from '../archive/archive.ts';
import { MAX_CHART_SIZE } from '../archive/limits.ts';
import { readArchive } from '../archive/read.ts';
import { sortNewestFirst } from '../archive/version.ts';
import { download } from '../network/download.ts';
import { readIndex } from '../repository/index-file/document.ts';
import type { IndexDocument, IndexedEntry } from '../repository/index-file/types.ts';
import { isWanted } from './local.ts';
import { pullChart } from './registry.ts';
import { type FetchOptions, unavailable, type Wanted } from './source.ts';

/** Ten times the largest index known. */
const MAX_INDEX_SIZE = 256 * 1024 * 1024;

/**
 * A URL of an index as Helm resolves it (ResolveReferenceURL in pkg/repo/v1/chartrepo.go): below the
 * repository, whose query goes along.
 */
export function resolveInRepository(reference: string, repository: string): URL {
  if (URL.canParse(reference)) return new URL(reference);
  const base = new URL(repository);
  base.pathname = `${base.pathname.replace(/\/$/, '')}/`;
  const url = new URL(reference, base);
  url.search = base.search;
  return url;
}

async function fetchIndex(repository: string, { progress }: FetchOptions): Promise<IndexDocument> {
  const url = resolveInRepository('index.yaml', repository);
  progress(`fetching the index of ${url.host}`);
  const { bytes } = await download(url, { maxBytes: MAX_INDEX_SIZE, progress });
  return readIndex(bytes, `${url.origin}${url.pathname}`).document;
}

/** The version that is meant to the letter, else the newest in the range. */
function chooseEntry(entries: readonly IndexedEntry[], wanted: Wanted): IndexedEntry | undefined {
  const usable = entries.filter(({ urls }) => urls.length > 0);
  return (
    usable.find(({ version }) => version === wanted.version) ??
    sortNewestFirst(usable, ({ version = '' }) => version).find(({ version = '' }) =>
      isWanted(version, wanted),
    )
  );
}

async function fetchEntry(
  { urls: [reference = ''] }: IndexedEntry,
  { repository, name }: Wanted,
  options: FetchOptions,
): Promise<ChartArchive> {
  if (reference.startsWith('oci://')) return pullChart({ chart: reference }, options);
  const url = resolveInRepository(reference, repository);
  options.progress(`fetching ${name} from ${url.host}`);
  const { bytes } = await download(url, {
    maxBytes: MAX_CHART_SIZE,
    progress: options.progress,
  });
  return readArchive(bytes, `${url.origin}${url.pathname}`);
}

/**
 * Gets a chart from a repository over HTTP, the newest that fits, and checks it against the digest
 * in the repository's index.
 * @throws UserError DEPENDENCIES_INVALID, INDEX_INVALID, ARCHIVE_INVALID, NETWORK
 */
export async function fetchRepositoryChart(
  wanted: Wanted,
  options: FetchOptions,
): Promise<ChartArchive> {
  const { name, repository } = wanted;
  const pending = options.indexes.get(repository) ?? fetchIndex(repository, options);
  options.indexes.set(repository, pending);
  const entries = (await pending).charts.get(name) ?? [];
  if (entries.length === 0) throw unavailable(wanted, 'the repository has no chart of this name');
  const entry = chooseEntry(entries, wanted);
  if (entry === undefined) throw unavailable(wanted, 'the repository has no version that fits');
  const archive = await fetchEntry(entry, wanted, options);
  if (entry.digest !== undefined && entry.digest !== archive.digest)
    throw unavailable(
      wanted,
      `its index promises sha256:${entry.digest}, what it sends is sha256:${archive.digest}`,
      'Tell those who run the repository: the archive is not the one that was published.',
    );
  return archive;
}
