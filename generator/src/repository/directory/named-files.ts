import { posix } from 'node:path';
import type { IndexDocument, IndexedEntry } from '../index-file/types.ts';

/** How deep archives lie in a folder: in it, or in one of its folders. */
const MAX_PARTS = 2;

/** The path of a URL, decoded; undefined for one that is no path. */
function pathOf(url: string): string | undefined {
  const path = url.replace(/^[a-z][a-z\d+.-]*:\/\/[^/]*/i, '').replace(/[?#].*$/s, '');
  try {
    return path.includes('%') ? decodeURIComponent(path) : path;
  } catch {
    return undefined;
  }
}

/** The paths in a repository that a URL can mean; an absolute one says not where the repository is. */
export function filesOf(url: string, folder: string): string[] {
  const path = pathOf(url);
  if (path === undefined) return [];
  if (!url.includes('://') && !path.startsWith('/')) return [posix.join(folder, path)];
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
