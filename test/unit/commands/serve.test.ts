import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, onTestFinished, test } from 'vitest';
import { EXECUTABLE, runCli } from '../../support/cli.ts';
import { workspace } from './fixture.ts';

async function repository(): Promise<string> {
  const cwd = workspace();
  await runCli(['publish'], { cwd });
  return cwd;
}

/** Starts the server and waits for its first output. */
async function start(
  cwd: string,
  args: readonly string[],
): Promise<{ child: ChildProcess; output: string }> {
  const child = spawn(process.execPath, [EXECUTABLE, 'serve', '--port', '0', ...args], {
    cwd,
    env: { ...process.env, NODE_ENV: 'production' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  while (!/127\.0\.0\.1:\d+"?}?\n$/.test(output)) await once(child.stdout, 'data');
  return { child, output };
}

test.each(['SIGINT', 'SIGTERM'] as const)('it serves until %s', async (signal) => {
  const { child, output } = await start(await repository(), []);
  const url = /^helm repo add spark-charts (\S+)$/m.exec(output)?.[1] ?? '';
  expect(await (await fetch(`${url}/index.yaml`)).text()).toContain('one-1.0.0.tgz');
  child.kill(signal);
  expect(await once(child, 'exit')).toEqual([0, null]);
  await expect(fetch(url)).rejects.toThrow();
});

test('with --json the one line it prints is a document', async () => {
  const { child, output } = await start(await repository(), ['--json']);
  const { url } = JSON.parse(output) as { url: string };
  expect((await fetch(`${url}/index.yaml`)).status).toBe(200);
  child.kill('SIGTERM');
  expect(await once(child, 'exit')).toEqual([0, null]);
});

test('a port that is taken and a folder that is missing are told', async () => {
  const cwd = await repository();
  const { output } = await start(cwd, ['--json']);
  const { port } = new URL((JSON.parse(output) as { url: string }).url);
  const taken = await runCli(['serve', '--port', port], { cwd });
  expect(taken).toMatchObject({
    exitCode: 3,
    stderr: expect.stringContaining(`port ${port} is in use`) as unknown,
  });
  const missing = await runCli(['serve', 'nowhere', '--port', '0'], { cwd });
  expect(missing).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('nowhere is no folder') as unknown,
  });
  const empty = await runCli(['serve', 'dist/charts', '--port', '0'], { cwd });
  expect(empty).toMatchObject({
    exitCode: 2,
    stderr: expect.stringMatching(
      /dist\/charts has no index.yaml\n\n.*repo index dist\/charts/,
    ) as unknown,
  });
});
