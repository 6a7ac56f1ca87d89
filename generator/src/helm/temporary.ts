import { rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
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
