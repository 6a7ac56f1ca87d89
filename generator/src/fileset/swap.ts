import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { readIfPresent } from '../files/read.ts';
import { move, writeNewFile } from '../files/write.ts';
import { formatDigests } from './digests.ts';
import type { FileSet } from './fileset.ts';
import { listPath, stagingPath } from './paths.ts';
import { kindOf } from './read.ts';
import { writeNewTree } from './write-tree.ts';

// Every step below is one rename. Wherever the process ends, the chart's folder, or what `recover`
// makes of it, is a whole tree, and the list has the digests of all its files.

/**
 * In `.writing`: `<chart>.new` and its lists while they are written, `<chart>.old` while the chart
 * has no folder, `<chart>.gone` while what is not needed any more is deleted.
 */
const staged = (directory: string, chart: string, suffix: string) =>
  join(stagingPath(directory), `${chart}.${suffix}`);

/**
 * Completes a swap that was interrupted and clears the staging folder. `<chart>.old` beside no chart
 * means that the new tree was whole when the swap began.
 */
export function recover(directory: string): void {
  const staging = stagingPath(directory);
  if (kindOf(staging) !== 'folder') return;
  for (const name of readdirSync(staging)) {
    const [, chart] = /^(.+)\.old$/.exec(name) ?? [];
    if (chart === undefined || existsSync(join(directory, chart))) continue;
    const next = staged(directory, chart, 'new');
    move(existsSync(next) ? next : join(staging, name), join(directory, chart));
  }
  removeTree(staging);
}

/** Writes a chart beside its place; nothing of the old one is touched. */
export async function stage(directory: string, chart: string, files: FileSet): Promise<void> {
  mkdirSync(stagingPath(directory), { recursive: true });
  const digests = formatDigests(files);
  // Both lists are on the disk before the swap, so a full disk cannot stop it half-way.
  writeNewFile(staged(directory, chart, 'both'), digests + (await readList(directory, chart)));
  writeNewFile(staged(directory, chart, 'list'), digests);
  await writeNewTree(staged(directory, chart, 'new'), files);
}

/** Puts a staged chart in its place. */
export function swap(directory: string, chart: string): void {
  const place = join(directory, chart);
  const old = staged(directory, chart, 'old');
  mkdirSync(listPath(directory, ''), { recursive: true });
  move(staged(directory, chart, 'both'), listPath(directory, chart));
  if (existsSync(place)) move(place, old);
  move(staged(directory, chart, 'new'), place);
  move(staged(directory, chart, 'list'), listPath(directory, chart));
  if (existsSync(old)) discard(directory, chart, old);
}

/** Does the list name exactly these files? */
export async function isListed(directory: string, chart: string, files: FileSet): Promise<boolean> {
  return (await readList(directory, chart)) === formatDigests(files);
}

/** Lists the files of a chart that is already in its place. */
export function list(directory: string, chart: string, files: FileSet): void {
  mkdirSync(stagingPath(directory), { recursive: true });
  mkdirSync(listPath(directory, ''), { recursive: true });
  writeNewFile(staged(directory, chart, 'list'), formatDigests(files));
  move(staged(directory, chart, 'list'), listPath(directory, chart));
}

/** Takes a chart away that is no longer made. */
export function remove(directory: string, chart: string): void {
  if (existsSync(join(directory, chart))) {
    mkdirSync(stagingPath(directory), { recursive: true });
    discard(directory, chart, join(directory, chart));
  }
  removeTree(listPath(directory, chart));
}

async function readList(directory: string, chart: string): Promise<string> {
  return (await readIfPresent(listPath(directory, chart)))?.toString('utf8') ?? '';
}

/** Deletes a tree; the rename makes sure that half of it is never taken for a chart. */
function discard(directory: string, chart: string, path: string): void {
  const gone = staged(directory, chart, 'gone');
  move(path, gone);
  removeTree(gone);
}

function removeTree(path: string): void {
  rmSync(path, { recursive: true, force: true });
}
