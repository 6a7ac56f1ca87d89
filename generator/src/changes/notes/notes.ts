import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MAX_FILE_SIZE } from '../../archive/limits.ts';
import { readMetadata } from '../../archive/load.ts';
import { unpackArchive } from '../../archive/unpack.ts';
import { parseVersion } from '../../archive/version.ts';
import { fileSystemError, UserError } from '../../errors.ts';
import { namesIfPresent, readFilesIfPresent } from '../../files/read.ts';
import type { FileSet } from '../../fileset/fileset.ts';
import { CHANGES, notesInAnnotation } from './annotation.ts';
import { notesInChangelog } from './changelog.ts';

/** What a version of a chart brings. */
export interface ReleaseNotes {
  name: string;
  version: string;
  /** Where it is from: the name of a file, or of an annotation; absent where nothing is said. */
  source?: string;
  /** Markdown, without a heading for the version itself; empty where nothing is said. */
  text: string;
}

const CHANGELOG = /^changelog\.(?:md|markdown)$/i;

/**
 * The release notes of a chart: what its CHANGELOG.md says of its version, else its annotation
 * `artifacthub.io/changes`, which speaks of this version only.
 * @param files those of the chart.
 * @param chart what to call the chart in messages.
 * @param from the version before, so that all since then is told; without it the version alone.
 * @throws UserError CHART_INVALID; USAGE for a `from` that is no version
 */
export function releaseNotes(files: FileSet, chart: string, from?: string): ReleaseNotes {
  if (from !== undefined && !parseVersion(from))
    throw new UserError('USAGE', `${JSON.stringify(from)} is no version`, {
      next: 'Write it like 1.2.3.',
    });
  const metadata = readMetadata(files, chart);
  const { name, version } = metadata;
  const [file, content] = [...files].find(([path]) => CHANGELOG.test(path)) ?? [];
  if (file !== undefined && content !== undefined) {
    if (content.length > MAX_FILE_SIZE)
      throw new UserError(
        'CHART_INVALID',
        `${join(chart, file)} is larger than ${MAX_FILE_SIZE} bytes`,
      );
    const changelog = new TextDecoder().decode(content);
    const text = notesInChangelog(changelog, { chart: name, version, from });
    if (text !== undefined) return { name, version, source: file, text };
  }
  const text = notesInAnnotation(metadata);
  return text === undefined
    ? { name, version, text: '' }
    : { name, version, source: CHANGES, text };
}

/** What may say something; .helmignore does not count, as nothing is packed. */
async function readFolder(folder: string): Promise<FileSet> {
  const names = await namesIfPresent(folder);
  return readFilesIfPresent(folder, [
    'Chart.yaml',
    ...names.filter((name) => CHANGELOG.test(name)),
  ]);
}

/**
 * {@link releaseNotes} of a chart on this machine.
 * @param path a folder or an archive (`.tgz`).
 * @throws UserError ARCHIVE_INVALID, FILE_SYSTEM, and see there
 */
export async function readReleaseNotes(path: string, from?: string): Promise<ReleaseNotes> {
  try {
    const files = path.endsWith('.tgz')
      ? unpackArchive(await readFile(path), path)
      : await readFolder(path);
    return releaseNotes(files, path, from);
  } catch (error) {
    throw fileSystemError(error, `reading ${path}`);
  }
}
