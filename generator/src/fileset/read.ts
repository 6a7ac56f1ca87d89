import { constants, lstatSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FileSet } from './fileset.ts';

/** A chart's folder as it is on disk. */
export interface Tree {
  files: FileSet;
  /** Paths that are neither files nor folders: symbolic links, sockets. */
  others: string[];
}

/** Reads a tree without following a symbolic link; empty where there is none. */
export async function readTree(directory: string): Promise<Tree> {
  const files = new Map<string, Uint8Array>();
  const others: string[] = [];
  const walk = async (folder: string, prefix: string): Promise<void> => {
    for (const entry of await readdir(folder, { withFileTypes: true })) {
      const path = prefix + entry.name;
      if (entry.isDirectory()) await walk(join(folder, entry.name), `${path}/`);
      else if (entry.isFile()) files.set(path, await readRegularFile(join(folder, entry.name)));
      else others.push(path);
    }
  };
  const kind = kindOf(directory);
  if (kind === 'folder') await walk(directory, '');
  else if (kind !== 'nothing') others.push('');
  return { files, others };
}

/** What is at a path; a symbolic link is `other`, wherever it leads. */
export function kindOf(path: string): 'nothing' | 'folder' | 'file' | 'other' {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  if (!stats) return 'nothing';
  if (stats.isDirectory()) return 'folder';
  return stats.isFile() ? 'file' : 'other';
}

/** The bytes of a file that is not a symbolic link. */
function readRegularFile(path: string): Promise<Buffer> {
  return readFile(path, { flag: constants.O_RDONLY | constants.O_NOFOLLOW });
}
