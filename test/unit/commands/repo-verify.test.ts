import { type ChildProcess, spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { expect, onTestFinished, test } from 'vitest';
import { EXECUTABLE, runCli } from '../../support/cli.ts';
import { listen } from '../network/server.ts';
import { folderOf, repositoryOf, serving } from '../repository/care/verify/fixture.ts';

/** Starts the command, its standard input open. */
function start(args: readonly string[]): ChildProcess & { output: () => string } {
  const child = spawn(process.execPath, [EXECUTABLE, 'repo', 'verify', ...args], {
    env: { ...process.env, NODE_ENV: 'production' },
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let text = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (more: string) => (text += more));
  return Object.assign(child, { output: () => text });
}

test('says that all is well', async () => {
  const { files } = await repositoryOf('1.1.0', '1.0.0');
  const { exitCode, stdout } = await runCli(['repo', 'verify', folderOf(files)]);
  expect(stdout).toBe(
    '2 of 2 versions checked, 0 with provenance: 0 errors, 0 warnings, 0 notes\n',
  );
  expect(exitCode).toBe(0);
});

test('lists findings by version, and exits with 1', async () => {
  const { files } = await repositoryOf('1.1.0', '1.0.0');
  files.delete('demo-1.0.0.tgz');
  const folder = folderOf(files);
  const { exitCode, stdout } = await runCli(['repo', 'verify', folder]);
  expect(stdout).toBe(`demo 1.0.0

  error  ${folder}/index.yaml:11  missing-archive
    demo-1.0.0.tgz is not in the folder
    Put the archive back, or take the version out of the index.

2 of 2 versions checked, 0 with provenance: 1 error, 0 warnings, 0 notes
`);
  expect(exitCode).toBe(1);
  const json = await runCli(['repo', 'verify', folder, '--sample', '0', '--json']);
  expect(JSON.parse(json.stdout)).toEqual({
    repository: folder,
    listed: 2,
    checked: 1,
    signed: 0,
    findings: [],
  });
  expect(json.exitCode).toBe(0);
});

test('takes the password from standard input', async () => {
  const { files } = await repositoryOf('1.0.0');
  const { url, requests } = await listen(serving(files));
  const child = start([url.href, '--username', 'me', '--password-stdin']);
  child.stdin?.end('pass word\n');
  expect(await once(child, 'close')).toEqual([0, null]);
  const login = Buffer.from('me:pass word').toString('base64');
  expect(requests.every(({ headers }) => headers.authorization === `Basic ${login}`)).toBe(true);
});

test('stops quietly when it is interrupted', async () => {
  const { files } = await repositoryOf('1.0.0');
  const archive = new EventEmitter();
  const asked = once(archive, 'asked');
  const { url } = await listen((request, response) => {
    if (request.url === '/index.yaml') serving(files)(request, response);
    // The archive never comes.
    else archive.emit('asked');
  });
  const child = start([url.href]);
  await asked;
  child.kill('SIGINT');
  expect(await once(child, 'close')).toEqual([130, null]);
  expect(child.output()).not.toMatch(/error/i);
});

test.each([
  [['nowhere'], 'nowhere is no folder'],
  [['.', '--username', 'me'], '--password-stdin'],
  [['.', '--sample', '-1'], '--sample'],
  [[], 'the argument "target" is missing'],
])('refuses %j', async (args, message) => {
  const { exitCode, stderr } = await runCli(['repo', 'verify', ...args]);
  expect(stderr).toContain(message);
  expect(exitCode).toBe(2);
});
