import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import { basename, join, relative, isAbsolute, sep } from 'node:path';
import { fileSystemError, isSystemError, UserError } from '../errors.ts';
import { readIfPresent } from '../files/read.ts';
import type { FileSet } from '../fileset/fileset.ts';
import { type IgnoreRules, parseHelmIgnore } from './helmignore.ts';
import { assertSizes } from './limits.ts';

const HELM_IGNORE = '.helmignore';
/** In charts/ Helm passes over what begins so, though not over provenance files. */
const PASSED_OVER = /^(?:charts\/[^/]+\/)*charts\/[._](?!.*\.prov$)/;

interface Found {
  path: string;
  size: number;
}

interface Walk {
  chart: string;
  /** The chart's folder without symbolic links. */
  root: string;
  ignores: IgnoreRules;
  files: Found[];
}

function refuse(walk: Walk, path: string, message: string, hint?: string): UserError {
  const problem = { message, file: join(walk.chart, path), ...(hint !== undefined && { hint }) };
  return new UserError('CHART_INVALID', `${walk.chart} cannot be packaged`, {
    problems: [problem],
  });
}

function isInside(root: string, path: string): boolean {
  const way = relative(root, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

/** Where a symbolic link leads; links are followed, but never out of the chart. */
async function followLink(walk: Walk, path: string): Promise<string> {
  let target: string;
  try {
    target = await realpath(join(walk.root, path));
  } catch (error) {
    if (!isSystemError(error)) throw error;
    throw refuse(walk, path, 'this symbolic link leads nowhere');
  }
  if (!isInside(walk.root, target))
    throw refuse(
      walk,
      path,
      `this symbolic link leads out of the chart, to ${target}`,
      'copy the file in',
    );
  return target;
}

/** @param ancestors the folders this one lies in, as real paths: a link back to one never ends. */
async function visitFolder(
  walk: Walk,
  folder: string,
  ancestors: readonly string[],
): Promise<void> {
  for (const entry of await readdir(join(walk.root, folder), { withFileTypes: true })) {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (PASSED_OVER.test(path)) continue;
    const real = join(walk.root, path);
    if (entry.isSymbolicLink() && walk.ignores(path, false)) continue;
    const target = entry.isSymbolicLink() ? await followLink(walk, path) : real;
    const status = await stat(target);
    if (walk.ignores(path, status.isDirectory())) continue;
    if (status.isDirectory()) {
      if (ancestors.includes(target))
        throw refuse(walk, path, 'this symbolic link leads round in a circle');
      await visitFolder(walk, path, [...ancestors, target]);
    } else if (status.isFile()) walk.files.push({ path, size: status.size });
    else throw refuse(walk, path, 'this is neither a file nor a folder');
  }
}

async function readIgnoreRules(directory: string): Promise<IgnoreRules> {
  const file = join(directory, HELM_IGNORE);
  return parseHelmIgnore((await readIfPresent(file))?.toString() ?? '', file);
}

/**
 * The files of a chart's folder that go into its archive: what .helmignore leaves, links followed.
 * @throws UserError CHART_INVALID for links out of the chart, devices and what exceeds Helm's
 * limits; FILE_SYSTEM where something cannot be read.
 */
export async function readChartDirectory(directory: string): Promise<FileSet> {
  try {
    const root = await realpath(directory);
    const walk: Walk = {
      chart: directory,
      root,
      ignores: await readIgnoreRules(directory),
      files: [],
    };
    await visitFolder(walk, '', [root]);
    assertSizes(directory, walk.files);
    const files = new Map<string, Uint8Array>();
    // One by one: a process may have about a thousand files open.
    for (const { path } of walk.files) files.set(path, await readFile(join(root, path)));
    return files;
  } catch (error) {
    throw fileSystemError(error, `reading the chart ${basename(directory)}`);
  }
}
