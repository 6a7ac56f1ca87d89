import { sha256 } from '../files/digest.ts';
import type { FileSet } from './fileset.ts';

/** Path → digests under which the file is ours; several while a chart is being replaced. */
export type Digests = ReadonlyMap<string, ReadonlySet<string>>;

/** The list of files in the format of `sha256sum`, sorted by path. */
export function formatDigests(files: FileSet): string {
  return [...files]
    .map(([path, content]) => `${sha256(content)}  ${path}\n`)
    .sort((left, right) => (left.slice(66) < right.slice(66) ? -1 : 1))
    .join('');
}

/**
 * Reads a list. A line of another form (a list is committed, so it can hold the marks of a merge)
 * names no file: it never makes a file ours.
 */
export function parseDigests(text: string): Digests {
  const digests = new Map<string, Set<string>>();
  for (const line of text.split('\n')) {
    const [, digest, path] = /^([0-9a-f]{64}) [ *](.+)$/.exec(line) ?? [];
    if (digest === undefined || path === undefined) continue;
    digests.set(path, (digests.get(path) ?? new Set()).add(digest));
  }
  return digests;
}
