import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test, vi } from 'vitest';
import { UserError } from '../../generator/src/errors.ts';
import { run } from '../../generator/src/process.ts';
import { temporaryFolder, writeScript } from './helm/temporary-folder.ts';

const MODULE = new URL('../../generator/src/process.ts', import.meta.url).href;

async function failureOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => undefined,
    (error: unknown) => error,
  );
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

test('gives output and exit status, with no shell between', async () => {
  const file = await writeScript(
    join(await temporaryFolder(), 'tool'),
    'echo "$1"; echo no >&2; exit 3',
  );
  const result = await run(file, ['$(id) ; *']);
  expect(result).toEqual({ exitCode: 3, stdout: '$(id) ; *\n', stderr: 'no\n' });
});

test('hands no passphrase of a key on to programs', async () => {
  vi.stubEnv('SPARK_CHARTS_KEY_PASSPHRASE', 's3cret');
  const { stdout } = await run('/usr/bin/env', []);
  expect(stdout).toContain('PATH=');
  expect(stdout).not.toContain('s3cret');
});

test('a program that is not there is a TOOL_FAILED', async () => {
  const error = await failureOf(run('/nowhere/helm', []));
  expect(error).toBeInstanceOf(UserError);
  expect(error).toMatchObject({ code: 'TOOL_FAILED' });
});

test('kills what takes too long, even when it ignores signals', async () => {
  const folder = await temporaryFolder();
  const file = await writeScript(join(folder, 'tool'), `trap '' TERM INT; while :; do :; done`);
  const error = await failureOf(run(file, [], { timeout: 300 }));
  expect(error).toMatchObject({ code: 'TOOL_FAILED', message: 'tool did not end within 0.3 s' });
  expect(await run('pgrep', ['-f', file])).toMatchObject({ exitCode: 1, stdout: '' });
});

test('ends the child when it is cancelled', async () => {
  const folder = await temporaryFolder();
  const file = await writeScript(join(folder, 'tool'), `echo $$ > ${folder}/pid; exec sleep 100`);
  const controller = new AbortController();
  const running = failureOf(run(file, [], { signal: controller.signal }));
  await expect.poll(() => readFile(join(folder, 'pid'), 'utf8').catch(() => '')).not.toBe('');
  controller.abort();
  expect(await running).toMatchObject({ name: 'AbortError' });
  const pid = Number(await readFile(join(folder, 'pid'), 'utf8'));
  await expect.poll(() => isAlive(pid)).toBe(false);
});

test('ends the child when this process exits', async () => {
  const folder = await temporaryFolder();
  const pipe = join(folder, 'pipe');
  await run('mkfifo', [pipe]);
  const file = await writeScript(
    join(folder, 'tool'),
    `exec 3> ${pipe}; echo begun >&3; echo >&2; exec sleep 1000`,
  );
  const program = `
    import { run } from ${JSON.stringify(MODULE)};
    void run(${JSON.stringify(file)}, [], { onErrorOutput: () => process.exit(0) });`;
  const child = promisify(execFile)(process.execPath, ['--input-type=module', '--eval', program]);
  // The end of the pipe comes when nobody has it open any more.
  expect(await readFile(pipe, 'utf8')).toBe('begun\n');
  await child;
});
