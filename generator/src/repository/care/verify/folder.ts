import { readdir } from 'node:fs/promises';
import { join, posix, relative, sep } from 'node:path';
import { readEachArchive } from '../../../archive/read-each-archive.ts';
import { fileSystemError, UserError } from '../../../errors.ts';
import { requireFolder } from '../../../files/folder.ts';
import { readFilesIfPresent } from '../../../files/read.ts';
import { withoutLogin } from '../../../network/without-login.ts';
import type { Progress } from '../../../progress.ts';
import { readProvenance } from '../../../provenance/provenance-file.ts';
import { INDEX_FILE } from '../../directory/directory-index.ts';
import { filesOf } from '../../index-file/named-files.ts';
import { RETIRED_INDEX } from '../../retired-index.ts';
import { openVerifiedIndex, type VerifiedIndex } from './claim.ts';
import type { Location, VerifiedRepository } from './repository.ts';

/**
 * A folder as a repository to verify. All of it is there: nothing is fetched.
 * @throws UserError USAGE, INDEX_INVALID, FILE_SYSTEM
 */
export async function openFolder(
  directory: string,
  progress: Progress,
): Promise<VerifiedRepository> {
  try {
    requireFolder(directory, 'Name the folder, or the URL, of a chart repository.');
    // In this order: what is published meanwhile is there before it is listed.
    const indexes = await readIndexes(directory);
    const files = await findFiles(directory);
    return {
      name: directory,
      indexes,
      locate: (url, index) => locate(files, url, index),
      readArchives: (places, use) =>
        readEachArchive(directory, places, {
          progress,
          use: (place, archive) =>
            'unreadable' in archive
              ? use(place, { rule: 'invalid-archive', reason: archive.unreadable })
              : use(place, { archive }),
        }),
      readProvenance: (place) => readProvenance(join(directory, place)),
      findOrphans: (named) =>
        [...files].filter((file) => !named.has(file.replace(/\.prov$/, ''))).toSorted(),
    };
  } catch (error) {
    throw fileSystemError(error, `reading ${directory}`);
  }
}

/** Paths in the folder of all archives and provenance files, in whatever folder below it. */
async function findFiles(directory: string): Promise<Set<string>> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => !entry.isDirectory())
    .map(({ parentPath, name }) => relative(directory, join(parentPath, name)).split(sep))
    .filter((parts) => /\.tgz(?:\.prov)?$/.test(parts.at(-1) ?? ''))
    .filter((parts) => !parts.some((part) => part.startsWith('.')));
  return new Set(paths.map((parts) => parts.join('/')));
}

async function readIndexes(directory: string): Promise<VerifiedIndex[]> {
  const files = await readFilesIfPresent(directory, [INDEX_FILE, RETIRED_INDEX]);
  if (!files.has(INDEX_FILE))
    throw new UserError('USAGE', `${directory} holds no ${INDEX_FILE}`, {
      next: 'Name the folder of a repository, or make its index with `spark-charts repo index`.',
    });
  const indexes = [...files].map(([path, bytes]) =>
    openVerifiedIndex(path, bytes, join(directory, path)),
  );
  return Promise.all(indexes);
}

/** Where an entry's archive is in the folder, that of an absolute URL by the end of its path. */
function locate(files: ReadonlySet<string>, url: string, index: string): Location {
  const candidates = filesOf(url, posix.dirname(index));
  const place = candidates.findLast((file) => files.has(file));
  if (place !== undefined && !url.startsWith('oci:')) return { place };
  if (!url.includes('://'))
    return {
      rule: 'missing-archive',
      reason: `${url} is not in the folder`,
      hint: 'Put the archive back, or take the version out of the index.',
    };
  return {
    rule: 'unchecked-archive',
    reason: `${withoutLogin(url)} is not in the folder, and nothing is fetched for a folder`,
    hint: 'If the folder is to hold it, the archive is missing; if not, verify the URL of the repository.',
  };
}
