import { constants } from 'node:fs';
import type { Dirent } from 'node:fs';
import { open, readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { MAX_FILE_SIZE } from '../archive/limits.ts';
import { fileSystemError, UserError } from '../errors.ts';
import type { Problem } from '../errors.ts';
import { isFilePath } from './layout.ts';
import type { SourceTree } from './layout.ts';

/**
 * Reads a charts-src folder. Names that start with a dot belong to editors and are left out; no
 * symbolic link is followed.
 * @throws UserError SOURCE_INVALID naming all that is neither a file nor a folder or is too large
 *   for Helm, FILE_SYSTEM when something cannot be read.
 */
export async function readSourceTree(directory: string): Promise<SourceTree> {
  const files: [string, Buffer][] = [];
  const problems: Problem[] = [];
  const refuse = (path: string, message: string) => {
    problems.push({ file: `${basename(directory)}/${path}`, message });
  };
  const walk = async (folder: string): Promise<void> => {
    const entries = await readdir(join(directory, folder), { withFileTypes: true });
    await Promise.all(
      entries.map(async (entry) => {
        if (entry.name.startsWith('.')) return;
        const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
        const mistake = entryMistake(path, entry);
        if (mistake !== undefined) refuse(path, mistake);
        else if (entry.isDirectory()) await walk(path);
        else {
          const content = await readSourceFile(join(directory, path));
          if (typeof content === 'string') refuse(path, content);
          else files.push([path, content]);
        }
      }),
    );
  };
  try {
    await walk('');
  } catch (error) {
    throw fileSystemError(error, `reading ${directory}`);
  }
  if (problems.length > 0) {
    problems.sort((a, b) => ((a.file ?? '') < (b.file ?? '') ? -1 : 1));
    throw new UserError('SOURCE_INVALID', `${basename(directory)} has mistakes`, { problems });
  }
  return new Map(files.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function entryMistake(path: string, entry: Dirent): string | undefined {
  if (entry.isSymbolicLink()) return 'a symbolic link; copy the file here';
  if (entry.isDirectory()) return isFilePath(path) ? 'a folder; a file is expected' : undefined;
  return entry.isFile() ? undefined : 'neither a file nor a folder';
}

/** The bytes of a file, or why it is refused; its size is asked first, it may be beyond memory. */
async function readSourceFile(path: string): Promise<Buffer | string> {
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW);
  try {
    const { size } = await file.stat();
    if (size <= MAX_FILE_SIZE) return await file.readFile();
    return `${size} bytes; Helm takes at most ${MAX_FILE_SIZE} a file`;
  } finally {
    await file.close();
  }
}
