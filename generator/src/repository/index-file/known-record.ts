import { resolve } from 'node:path';
import { isMapping } from '../../json-object.ts';
import { readCacheFile } from '../../files/cache-file.ts';
import { indexCacheFile, keepInCache } from './index-cache.ts';
import type { KnownLayout } from './known-layout.ts';
import { ListedText } from './listed-files.ts';
import { parseJson } from './yaml.ts';

/** An index without problems that this program checked or wrote. */
export interface KnownRecord {
  /** What tells that the file is still the same, see movedStatus. */
  status: string;
  layout: KnownLayout;
  listed: ListedText;
}

/** Of one index there is one at most: that of the file as it was last. */
const cacheFileOf = (path: string) => indexCacheFile(resolve(path), 'known');

type Line = [key: string, start: number, lineEnd: number, end: number];

function isLine(line: unknown): line is Line {
  return (
    Array.isArray(line) && typeof line[0] === 'string' && line.slice(1).every(Number.isSafeInteger)
  );
}

/** Undefined for what cannot be the layout of a file. */
function layoutOf(size: unknown, lines: unknown): KnownLayout | undefined {
  if (!Number.isSafeInteger(size) || !Array.isArray(lines) || !lines.every(isLine))
    return undefined;
  let at = 0;
  const charts = lines.map(([key, start, lineEnd, end]) => ({ key, start, lineEnd, end }));
  for (const { start, lineEnd, end } of charts) {
    if (start < at || lineEnd < start || end < lineEnd) return undefined;
    at = end;
  }
  return at <= (size as number) ? { size: size as number, charts } : undefined;
}

function parseRecord(content: string): KnownRecord | undefined {
  const head = content.indexOf('\n');
  const record = parseJson(content.slice(0, Math.max(head, 0)));
  if (!isMapping(record)) return undefined;
  const { status, size, charts } = record;
  const layout = layoutOf(size, charts);
  if (typeof status !== 'string' || !layout) return undefined;
  return { status, layout, listed: new ListedText(content.slice(head)) };
}

/** What this program knew of an index when this user last had it checked or changed. */
export async function readKnownRecord(path: string): Promise<KnownRecord | undefined> {
  const content = await readCacheFile(cacheFileOf(path));
  return content && parseRecord(content.toString());
}

/** Keeps it in the user's cache; where it cannot be kept, it is not. */
export async function writeKnownRecord(
  path: string,
  { status, layout, listed }: KnownRecord,
): Promise<void> {
  const { size, charts } = layout;
  const lines = charts.map(({ key, start, lineEnd, end }): Line => [key, start, lineEnd, end]);
  const head = JSON.stringify({ status, size, charts: lines });
  await keepInCache(cacheFileOf(path), [head, listed.text]);
}
