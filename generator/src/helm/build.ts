import { dirname, join } from 'node:path';
import { isSystemError, UserError } from '../errors.ts';
import { makeFolder } from '../files/folder.ts';
import { lockOf, withLock } from '../files/lock.ts';
import { withWorkDirectory } from '../files/temporary.ts';
import { move, sync } from '../files/write.ts';
import type { Progress } from '../progress.ts';
import { builtToolPath } from './cache.ts';
import { BUILD_TIMEOUT, goBuild } from './go.ts';
import type { Pins } from './pins.ts';
import { isExecutable } from '../process.ts';
import { TOOLS, type ToolName } from './tools.ts';

/**
 * Builds a tool into the cache; whoever comes second waits and takes what the first one built.
 * @throws UserError `TOOL_FAILED` when Go cannot build it, `FILE_SYSTEM` when the cache cannot
 * be written, `BUSY` when another process builds for half an hour.
 */
export async function buildTool(
  name: ToolName,
  pins: Pins,
  progress: Progress,
  environment: NodeJS.ProcessEnv,
): Promise<string> {
  const file = builtToolPath(name, pins, environment);
  const directory = dirname(file);
  const busy = `is building tools in ${directory}`;
  try {
    makeFolder(directory);
    await withLock(
      lockOf(directory),
      { progress, busy, waitMilliseconds: BUILD_TIMEOUT },
      async () => {
        if (await isExecutable(file)) return;
        await withWorkDirectory(join(directory, '.building'), async (work) => {
          // A Go whose parent was killed may still be writing the file that bore its number.
          const temporary = join(work, `${name}-${process.pid}`);
          await build(name, pins, temporary, progress, environment);
          sync(temporary);
          move(temporary, file);
        });
      },
    );
  } catch (error) {
    if (!isSystemError(error)) throw error;
    throw new UserError('FILE_SYSTEM', `building ${name} in ${directory}: ${error.message}`, {
      cause: error,
      next: 'Set SPARK_CHARTS_CACHE to a folder that can be written and has room.',
    });
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
