import { mkdirSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { isSystemError, UserError } from '../errors.ts';
import { sync } from './write.ts';

/** Codes for a path that leads nowhere, through a file or round in a circle. */
const NO_PLACE = ['ENOENT', 'ENOTDIR', 'ELOOP'];

/** Is there a folder, or a link to one? */
export function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch (error) {
    if (isSystemError(error) && NO_PLACE.includes(error.code ?? '')) return false;
    throw error;
  }
}

/**
 * Makes a folder and those above it. Node's own `recursive` says ENOENT where a file system is
 * read-only, and never ends in some folders that cannot hold any, such as /proc.
 * @throws a system error
 */
export function makeFolder(path: string): void {
  if (isFolder(path)) return;
  const parent = dirname(resolve(path));
  if (parent !== resolve(path)) makeFolder(parent);
  try {
    mkdirSync(path);
  } catch (error) {
    // Another process may have made it in between.
    if (!isFolder(path)) throw error;
    return;
  }
  syncIfReadable(parent);
}

/** So that a new folder outlasts a power cut; a folder that may only be written to cannot be asked. */
function syncIfReadable(path: string): void {
  try {
    sync(path);
  } catch (error) {
    if (!isSystemError(error) || error.code !== 'EACCES') throw error;
  }
}

/**
 * Refuses what is to be a folder and is none.
 * @throws UserError USAGE; a system error when it cannot be looked at.
 */
export function requireFolder(path: string, next: string): void {
  if (!isFolder(path)) throw new UserError('USAGE', `${path} is no folder`, { next });
}
