import { closeSync, fchmodSync, fsyncSync, openSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { chunksOf, type Content } from './content.ts';

// Synchronous, because what an interrupted run began is ended when the process exits.

/**
 * Waits until the disk has a file, or the names in a folder.
 * @throws a system error
 */
export function sync(path: string): void {
  const descriptor = openSync(path, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/**
 * Writes a new file, readable by all whatever the umask, and waits until the disk has it.
 * @throws a system error
 */
export function writeNewFile(path: string, content: Content): void {
  const descriptor = openSync(path, 'wx', 0o644);
  try {
    for (const chunk of chunksOf(content)) writeFileSync(descriptor, chunk);
    fchmodSync(descriptor, 0o644);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/**
 * Moves a file or folder, lasting; what a file replaces is gone at once.
 * @throws a system error
 */
export function move(from: string, to: string): void {
  renameSync(from, to);
  sync(dirname(to));
  if (dirname(from) !== dirname(to)) sync(dirname(from));
}
