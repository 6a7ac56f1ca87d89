import { rmSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileSystemError } from '../errors.ts';
import { atExit } from './at-exit.ts';

/**
 * Runs a task with an empty folder, which is removed afterwards.
 * @throws UserError `FILE_SYSTEM` when the folder cannot be made.
 */
export async function withTemporaryDirectory<T>(
  use: (directory: string) => Promise<T>,
): Promise<T> {
  const directory = await mkdtemp(join(tmpdir(), 'spark-charts-')).catch((error: unknown) => {
    throw fileSystemError(error, 'making a temporary folder');
  });
  return useAndRemove(directory, use);
}

/**
 * As {@link withTemporaryDirectory}, at a place of one's own, so that what was made can be moved
 * from it by rename; what a killed run left there is removed first.
 * @throws a system error when the folder cannot be made.
 */
export async function withWorkDirectory<T>(
  directory: string,
  use: (directory: string) => Promise<T>,
): Promise<T> {
  await rm(directory, { recursive: true, force: true });
  await mkdir(directory);
  return useAndRemove(directory, use);
}

async function useAndRemove<T>(
  directory: string,
  use: (directory: string) => Promise<T>,
): Promise<T> {
  const callOff = atExit(() => {
    rmSync(directory, { recursive: true, force: true });
  });
  try {
    return await use(directory);
  } finally {
    callOff();
    await rm(directory, { recursive: true, force: true });
  }
}
