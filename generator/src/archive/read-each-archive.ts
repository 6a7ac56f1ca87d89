import type { Progress } from '../progress.ts';
import type { ArchiveInfo } from './archive.ts';
import { archiveOf } from './archive-record.ts';
import { readOnThreads } from './read-pool.ts';

export interface ReadEachOptions {
  progress: Progress;
  /** Given each archive, or why it cannot be read, in no order; all wait for it. */
  use: (path: string, archive: ArchiveInfo | { unreadable: string }) => Promise<void>;
}

/**
 * Digest and metadata of chart archives in a folder, each read anew and none of them kept.
 * @param paths of the archives in the folder.
 * @throws UserError FILE_SYSTEM; what `use` throws.
 */
export async function readEachArchive(
  directory: string,
  paths: readonly string[],
  { progress, use }: ReadEachOptions,
): Promise<void> {
  const tasks = paths.map((path) => ({ path }));
  let count = 0;
  await readOnThreads(directory, tasks, {
    use: async (results, start) => {
      for (const [index, result] of results.entries()) {
        const path = paths[start + index] ?? '';
        // Without a digest in its task none is.
        if (result === 'unchanged') continue;
        await use(path, 'unreadable' in result ? result : archiveOf(result));
      }
      count += results.length;
      progress(`reading archives ${count} of ${paths.length}`);
    },
  });
}
