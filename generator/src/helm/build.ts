import { mkdir, open, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileSystemError } from '../errors.ts';
import type { Progress } from '../progress.ts';
import { builtToolPath } from './cache.ts';
import { goBuild } from './go.ts';
import { withLock } from './lock.ts';
import type { Pins } from './pins.ts';
import { isExecutable } from './process.ts';
import { TOOLS, type ToolName } from './tools.ts';

/**
 * Builds a tool into the cache; whoever comes second waits and takes what the first one built.
 * @throws UserError `TOOL_FAILED` when Go cannot build it, `FILE_SYSTEM` when the cache cannot
 * be written.
 */
export async function buildTool(
  name: ToolName,
  pins: Pins,
  progress: Progress,
  environment: NodeJS.ProcessEnv,
): Promise<string> {
  const file = builtToolPath(name, pins, environment);
  const directory = dirname(file);
  const waiting = () => {
    progress(`waiting for another process that builds tools in ${directory}`);
  };
  try {
    await mkdir(directory, { recursive: true });
    const lock = join(directory, 'building.lock');
    await withLock(lock, waiting, async () => {
      if (await isExecutable(file)) return;
      // In the lock, so that what a killed build leaves goes with its lock.
      const temporary = join(lock, `${name}-${process.pid}`);
      await build(name, pins, temporary, progress, environment);
      await sync(temporary);
      await rename(temporary, file);
    });
  } catch (error) {
    throw fileSystemError(error, `building ${name} in ${directory}`);
  }
  return file;
}

async function build(
  name: ToolName,
  pins: Pins,
  file: string,
  progress: Progress,
  environment: NodeJS.ProcessEnv,
): Promise<void> {
  const started = Date.now();
  let packages = 0;
  const title = `${TOOLS[name].title} ${pins.version(TOOLS[name].module)}`;
  progress(`building ${title} with Go; this is done once and can take some minutes`);
  const report = setInterval(() => {
    const seconds = Math.round((Date.now() - started) / 1000);
    progress(`building ${title}: ${packages} Go packages, ${seconds} s`);
  }, 5_000);
  try {
    await goBuild(name, pins, file, environment, (count) => (packages += count));
  } finally {
    clearInterval(report);
  }
}

async function sync(file: string): Promise<void> {
  const handle = await open(file, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
