import type { ChartArchive } from '../archive/archive.ts';
import { MAX_CHART_SIZE } from '../archive/limits.ts';
import { readArchive } from '../archive/read.ts';
import { sortNewestFirst } from '../archive/version.ts';
import { download } from '../network/download.ts';
import { nameOfUrl } from '../network/url.ts';
import { readIndex } from '../repository/index-file/document.ts';
import { MAX_FETCHED_INDEX_SIZE, resolveInRepository } from '../repository/http-repository.ts';
import type { IndexDocument, IndexedEntry } from '../repository/index-file/types.ts';
import { pullChart } from './registry.ts';
import { type FetchOptions, isWanted, unavailable, type Wanted } from './source.ts';

async function fetchIndex(wanted: Wanted, { progress }: FetchOptions): Promise<IndexDocument> {
  const url = resolveInRepository('index.yaml', wanted.repository);
  if (url === null) throw unavailable(wanted, 'its repository is no URL');
  progress(`fetching the index of ${url.host}`);
  const { bytes } = await download(url, { maxBytes: MAX_FETCHED_INDEX_SIZE, progress });
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
  wanted: Wanted,
  options: FetchOptions,
): Promise<ChartArchive> {
  if (reference.startsWith('oci://')) return pullChart({ chart: reference }, options);
  const url = resolveInRepository(reference, wanted.repository);
  if (url === null)
    throw unavailable(wanted, `its index names ${JSON.stringify(reference)}, which is no URL`);
  // Else an index from anywhere could have this machine's own services asked.
  if (url.protocol === 'http:' && !/^http:/i.test(wanted.repository))
    throw unavailable(wanted, `its index names ${nameOfUrl(url)}, which is not encrypted`);
  options.progress(`fetching ${wanted.name} from ${url.host}`);
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
  const pending = options.indexes.get(repository) ?? fetchIndex(wanted, options);
  options.indexes.set(repository, pending);
  const entries = (await pending).charts.get(name) ?? [];
  if (entries.length === 0) throw unavailable(wanted, 'the repository has no chart of this name');
  const entry = chooseEntry(entries, wanted);
  if (entry === undefined) throw unavailable(wanted, 'the repository has no version that fits');
  const archive = await fetchEntry(entry, wanted, options);
  if (entry.version !== archive.version)
    throw unavailable(
      wanted,
      `its index has it as ${entry.version ?? ''}, the chart there has version ${archive.version}`,
      'Tell those who run the repository: their index is wrong.',
    );
  if (entry.digest !== undefined && entry.digest.toLowerCase() !== archive.digest)
    throw unavailable(
      wanted,
      `its index promises sha256:${entry.digest}, what it sends is sha256:${archive.digest}`,
      'Tell those who run the repository: the archive is not the one that was published.',
    );
  return archive;
}
