import { posix } from 'node:path';
import type { IndexDocument, IndexedEntry } from './types.ts';

/** How deep archives lie in a folder: in it, or in one of its folders. */
const MAX_PARTS = 2;

/** A file beside the index, which needs no thought: most URLs of large indexes. */
const FILE_NAME = /^\w[\w.+-]*$/;

/** The path of a URL, decoded; undefined for one that is no path. */
function pathOf(url: string): string | undefined {
  const path = url.replace(/^[a-z][a-z\d+.-]*:\/\/[^/]*/i, '').replace(/[?#].*$/s, '');
  try {
    return path.includes('%') ? decodeURIComponent(path) : path;
  } catch {
    return undefined;
  }
}

/** Does a URL say where the file is without the index, and so perhaps of one that is not here? */
function isAbsolute(url: string): boolean {
  return url.includes('://') || url.startsWith('/');
}

/** The paths in a repository that a URL can mean; an absolute one says not where the repository is. */
export function filesOf(url: string, folder: string): string[] {
  if (folder === '' && FILE_NAME.test(url)) return [url];
  const path = pathOf(url);
  if (path === undefined) return [];
  if (!isAbsolute(url)) return [posix.join(folder, path)];
  const parts = path.split('/').filter((part) => part !== '');
  return Array.from({ length: Math.min(parts.length, MAX_PARTS) }, (_, i) =>
    parts.slice(-1 - i).join('/'),
  );
}

/**
 * Paths in a repository that an entry names, of files that may be there or not.
 * @param folder of the index in the repository, '' for the repository's own.
 */
export function filesOfEntry({ urls }: IndexedEntry, folder: string): string[] {
  return urls.flatMap((url) => filesOf(url, folder));
}

/** The same of all entries of an index. */
export function filesOfIndex({ charts }: IndexDocument, folder: string): Set<string> {
  const files = new Set<string>();
  for (const entries of charts.values())
    for (const entry of entries) for (const file of filesOfEntry(entry, folder)) files.add(file);
  return files;
}

/**
 * Paths in a repository whose archives its index has by an entry without doubt. What an absolute URL
 * names counts under Helm's name only: `https://example.com/redis/chart.tgz` is not any `chart.tgz`
 * that is here.
 */
export function listedFilesOf(entry: Pick<IndexedEntry, 'chart' | 'version' | 'urls'>): string[] {
  return entry.urls.flatMap((url) => {
    const files = filesOf(url, '');
    if (!isAbsolute(url)) return files;
    const name = `${entry.chart}-${entry.version ?? ''}.tgz`;
    return files.filter((file) => posix.basename(file) === name);
  });
}

/** The same of all entries of an index. */
export function listedFiles({ charts }: IndexDocument): Set<string> {
  const files = new Set<string>();
  for (const entries of charts.values())
    for (const entry of entries) for (const file of listedFilesOf(entry)) files.add(file);
  return files;
}
