import { closeSync, constants, lstatSync, openSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isSystemError } from '../errors.ts';
import type { FileSet } from './fileset.ts';

/** A chart's folder as it is on disk. */
export interface Tree {
  files: FileSet;
  /** Paths that are neither files nor folders: symbolic links, sockets. */
  others: string[];
}

/** Reads a tree without following a symbolic link; empty where there is none. */
export function readTree(directory: string): Tree {
  const files = new Map<string, Uint8Array>();
  const others: string[] = [];
  const walk = (folder: string, prefix: string): void => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = prefix + entry.name;
      if (entry.isDirectory()) walk(join(folder, entry.name), `${path}/`);
      else if (entry.isFile()) files.set(path, readRegularFile(join(folder, entry.name)));
      else others.push(path);
    }
  };
  const kind = kindOf(directory);
  if (kind === 'folder') walk(directory, '');
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
export function readRegularFile(path: string): Buffer {
  const descriptor = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW);
  try {
    return readFileSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Like {@link readRegularFile}, undefined where there is no file. */
export function readFileIfPresent(path: string): Buffer | undefined {
  try {
    return readRegularFile(path);
  } catch (error) {
    if (isSystemError(error) && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
