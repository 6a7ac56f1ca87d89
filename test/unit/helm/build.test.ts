import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { buildTool } from '../../../generator/src/helm/build.ts';
import { builtToolPath } from '../../../generator/src/helm/cache.ts';
import { readPins } from '../../../generator/src/helm/pins.ts';
import { silent } from '../../../generator/src/progress.ts';
import { temporaryFolder, writeScript } from './temporary-folder.ts';

const BUILDER = fileURLToPath(new URL('builder.ts', import.meta.url));

/**
 * A `go` that notes its call and writes the program in two steps, the second one when it is let go
 * on, unless who called it is gone.
 */
async function slowGo() {
  const folder = await temporaryFolder();
  const bin = join(folder, 'bin');
  await mkdir(bin);
  await writeScript(
    join(bin, 'go'),
    `echo call >> ${folder}/calls; printf half > "$4"
    until [ -e ${folder}/go-on ]; do sleep 0.02; kill -0 $PPID || exit; done
    echo whole > "$4"; chmod +x "$4"`,
  );
  const environment = { PATH: `${bin}:/usr/bin:/bin`, SPARK_CHARTS_CACHE: join(folder, 'cache') };
  const tools = join(folder, 'cache', 'tools');
  const file = builtToolPath('helm-4', await readPins(), environment);
  const calls = async () => (await readFile(join(folder, 'calls'), 'utf8')).split('\n').length - 1;
  const goOn = () => writeFile(join(folder, 'go-on'), '');
  return { environment, tools, file, calls, goOn };
}

test('two processes at once build once', async () => {
  const { environment, file, calls, tools, goOn } = await slowGo();
  const processes = [1, 2].map(() => fork(BUILDER, { env: environment }));
  await expect.poll(calls).toBe(1);
  await goOn();
  const ends = await Promise.all(processes.map((child) => once(child, 'exit')));
  expect(ends).toEqual([
    [0, null],
    [0, null],
  ]);
  expect(await readFile(file, 'utf8')).toBe('whole\n');
  expect(await calls()).toBe(1);
  expect(await readdir(tools)).toHaveLength(1);
});

test('a build that is killed leaves no tool, and its lock is taken over', async () => {
  const { environment, file, calls, tools, goOn } = await slowGo();
  const child = fork(BUILDER, { env: environment });
  await expect.poll(calls).toBe(1);
  child.kill('SIGKILL');
  await once(child, 'exit');
  await expect(stat(file)).rejects.toThrow();
  expect(await readdir(tools)).toContain('.lock');
  await goOn();
  await buildTool('helm-4', await readPins(), silent, environment);
  expect(await readFile(file, 'utf8')).toBe('whole\n');
  expect(await readdir(tools)).toHaveLength(1);
});

test('a failing build says what Go says and leaves nothing behind', async () => {
  const folder = await temporaryFolder();
  await writeScript(join(folder, 'go'), 'echo "dial tcp: no route to host" >&2; exit 1');
  const environment = { PATH: folder, SPARK_CHARTS_CACHE: join(folder, 'cache') };
  const building = buildTool('helm-3', await readPins(), silent, environment);
  await expect(building).rejects.toMatchObject({
    code: 'TOOL_FAILED',
    message: expect.stringContaining('no route to host') as string,
  });
  expect(await readdir(join(folder, 'cache', 'tools'))).toEqual([]);
});

test('a cache that cannot be written is a FILE_SYSTEM error', async () => {
  const folder = await temporaryFolder();
  const file = await writeScript(join(folder, 'file'), '');
  const building = buildTool('helm-3', await readPins(), silent, { SPARK_CHARTS_CACHE: file });
  await expect(building).rejects.toMatchObject({
    code: 'FILE_SYSTEM',
    next: expect.stringContaining('SPARK_CHARTS_CACHE') as string,
  });
});
