import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
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
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  while (!/127\.0\.0\.1:\d+"?}?( --.*)?\n$/.test(output)) await once(child.stdout, 'data');
  return { child, output };
}

/** What the server has said on standard error when it has ended. */
function errorOutput(child: ChildProcess): Promise<string> {
  let output = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (output += text));
  return once(child, 'close').then(() => output);
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
  const log = errorOutput(child);
  child.kill('SIGTERM');
  expect(await once(child, 'exit')).toEqual([0, null]);
  expect(JSON.parse(await log)).toMatchObject({ method: 'GET', path: '/index.yaml', status: 200 });
});

test('downloads under way end after the first signal, and with the process after the second', async () => {
  const cwd = await repository();
  writeFileSync(join(cwd, 'dist', 'repository', 'large.tgz'), Buffer.alloc(64 * 1024 * 1024));
  const { child, output } = await start(cwd, ['--json']);
  const { url } = JSON.parse(output) as { url: string };
  const slow = await fetch(`${url}/large.tgz`);
  child.kill('SIGINT');
  await expect.poll(() => fetch(url).then(String, () => 'refused')).toBe('refused');
  expect(child.exitCode).toBeNull();
  child.kill('SIGINT');
  expect(await once(child, 'exit')).toEqual([130, null]);
  await expect(slow.arrayBuffer()).rejects.toThrow();
});

test('with a password the line for Helm asks for it, and the log names who read', async () => {
  const cwd = await repository();
  writeFileSync(join(cwd, 'pass word'), 'open\r\n');
  const { child, output } = await start(cwd, ['--username', 'jo', '--password-file', 'pass word']);
  const [, url = '', access] = /^helm repo add spark-charts (\S+) (.*)$/m.exec(output) ?? [];
  expect(access).toBe("--username jo --password-stdin < 'pass word'");
  const authorization = `Basic ${Buffer.from('jo:open').toString('base64')}`;
  const response = await fetch(`${url}/index.yaml`, { headers: { authorization } });
  expect(response.status).toBe(200);
  await response.text();
  const log = errorOutput(child);
  child.kill('SIGINT');
  expect(await log).toMatch(/^127\.0\.0\.1 - jo \[.*\] "GET \/index\.yaml HTTP\/1\.1" 200 \d+\n$/);
});

test('a password for other machines without TLS is warned of', async () => {
  const cwd = await repository();
  writeFileSync(join(cwd, 'password'), 'open');
  const flags = ['--host', '0.0.0.0', '--username', 'jo', '--password-file', 'password'];
  const args = [EXECUTABLE, 'serve', '--port', '0', ...flags];
  const env = { ...process.env, NODE_ENV: 'production' };
  const child = spawn(process.execPath, args, { cwd, env, stdio: ['ignore', 'ignore', 'pipe'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const [warning] = (await once(child.stderr, 'data')) as [Buffer];
  expect(warning.toString()).toMatch(/password[^]*in\s+clear/);
});

test.each([
  [['--username', 'jo'], '--password-file'],
  [['--tls-cert', 'x'], '--tls-key'],
  [['--username', 'jo', '--password-file', 'none'], 'reading none'],
])('%j is not enough', async (args, message) => {
  const cwd = await repository();
  const { exitCode, stderr } = await runCli(['serve', ...args, '--port', '0'], { cwd });
  expect([2, 3]).toContain(exitCode);
  expect(stderr).toContain(message);
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
