import {
  closeSync,
  fchmodSync,
  fsyncSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import type { FileSet } from './fileset.ts';
import { readTree } from './read.ts';

/** Makes sure that names made, moved or removed in a folder outlive a power cut. */
export function syncFolder(path: string): void {
  const descriptor = openSync(path, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Writes a new file, readable by all whatever the umask, and waits until the disk has it. */
export function writeNewFile(path: string, content: Uint8Array | string): void {
  const descriptor = openSync(path, 'wx', 0o644);
  try {
    writeFileSync(descriptor, content);
    fchmodSync(descriptor, 0o644);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Writes a tree into a folder that does not exist yet and reads it back. */
export function writeNewTree(directory: string, files: FileSet): void {
  const folders = new Set([directory]);
  mkdirSync(directory);
  for (const [path, content] of files) {
    const file = join(directory, path);
    mkdirSync(dirname(file), { recursive: true });
    for (let folder = dirname(file); !folders.has(folder); folder = dirname(folder)) {
      folders.add(folder);
    }
    writeNewFile(file, content);
  }
  for (const folder of folders) syncFolder(folder);
  verifyTree(directory, files);
}

function verifyTree(directory: string, files: FileSet): void {
  const written = readTree(directory).files;
  for (const [path, content] of files) {
    const bytes = written.get(path);
    if (!bytes || Buffer.compare(bytes, content) !== 0) {
      throw new Error(`${join(directory, path)} does not hold what was written`);
    }
  }
}

/** Moves a file or folder, lasting; what a file replaces is gone at once. */
export function move(from: string, to: string): void {
  renameSync(from, to);
  syncFolder(dirname(to));
  if (dirname(from) !== dirname(to)) syncFolder(dirname(from));
}

export function removeTree(path: string): void {
  rmSync(path, { recursive: true, force: true });
}
