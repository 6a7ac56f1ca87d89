import { posix } from 'node:path';
import { hasDrive } from './drive.ts';
import { ArchiveError } from './inflate.ts';
import { MAX_FILE_SIZE } from './limits.ts';
import { readTar, type TarEntry } from './tar.ts';

/** A path in a folder that needs no thought, which is nearly every one: no part of it is only dots. */
const PLAIN = /^[\w-][\w.-]*\/((?:[\w-][\w.-]*|\.\w[\w.-]*)(?:\/(?:[\w-][\w.-]*|\.\w[\w.-]*))*)$/;

/**
 * The path below the chart's folder, `.` for that folder, with the checks of Helm (pkg/chart/loader/archive). Refused is
 * also what would leave the folder it is unpacked in, by tar or on Windows, though Helm, which takes
 * the first folder off, would load it.
 */
function pathInChart(name: string): string {
  const plain = PLAIN.exec(name)?.[1];
  if (plain !== undefined) return plain;
  if (name.startsWith('/')) throw new ArchiveError(`it holds an absolute path: ${name}`);
  // Archives made on Windows may hold backslashes.
  const [base = '', ...rest] = name.split(name.includes('\\') ? '\\' : '/');
  const given = rest.join('/');
  if (base === 'Chart.yaml') throw new ArchiveError('Chart.yaml is not in a folder');
  if (given.startsWith('/')) throw new ArchiveError(`it holds an absolute path: ${name}`);
  const path = posix.normalize(given).replace(/\/$/, '');
  if ([base, ...given.split('/')].includes('..') || path.startsWith('..'))
    throw new ArchiveError(`it holds a path out of the chart: ${name}`);
  if (hasDrive(base) || hasDrive(path))
    throw new ArchiveError(`it holds a path with a drive: ${name}`);
  return path;
}

function assertTargetInside({ kind, name, target }: TarEntry, path: string): void {
  if (kind === 'hard link') pathInChart(target);
  if (kind !== 'symbolic link') return;
  const end = posix.join(posix.dirname(path), target);
  const leadsOut = target.startsWith('/') || hasDrive(target) || target.includes('\\');
  if (leadsOut || end === '..' || end.startsWith('../'))
    throw new ArchiveError(`it holds a link out of the chart: ${name} to ${target}`);
}

/** A file in a chart archive. */
export interface ChartEntry {
  /** Below the chart's folder, with `/`. */
  path: string;
  /** Helm takes a link for an empty file. */
  isLink: boolean;
  /** See {@link TarEntry.content}. */
  content: Uint8Array;
}

/**
 * The files of a chart archive in their order, one path maybe more than once. Every entry is checked.
 * @throws ArchiveError for what Helm would not load, or what leads out of the chart's folder.
 */
export function* chartEntries(gzip: Uint8Array): Generator<ChartEntry> {
  for (const entry of readTar(gzip)) {
    const path = pathInChart(entry.name);
    if (entry.kind === 'folder') continue;
    if (path === '.')
      throw new ArchiveError(`it holds a file beside the chart's folder: ${entry.name}`);
    assertTargetInside(entry, path);
    if (entry.size > MAX_FILE_SIZE)
      throw new ArchiveError(`its ${entry.name} is larger than ${MAX_FILE_SIZE} bytes`);
    yield { path, isLink: entry.kind !== 'file', content: entry.content };
  }
}
