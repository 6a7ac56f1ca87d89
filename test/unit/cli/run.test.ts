import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { EXECUTABLE, runCli } from '../../support/cli.ts';

test('--version and --help', async () => {
  const version = await runCli(['--version']);
  expect(version).toMatchObject({ exitCode: 0, stderr: '' });
  expect(version.stdout).toMatch(/^spark-charts\/\d+\.\d+\.\d+ /);
  const help = await runCli(['generate', '--help']);
  expect(help).toMatchObject({ exitCode: 0, stderr: '' });
  expect(help.stdout).toContain('--dry-run');
});

describe('a command line that is not understood ends with 2 and says what is meant', () => {
  test.each([
    [['generat'], 'there is no such command', 'generat\n  did you mean "generate"?'],
    [['repo', 'indxe'], 'there is no such command', 'repo indxe\n  did you mean "repo index"?'],
    [['nope', '--help'], 'there is no such command', 'nope\n'],
    [['generate', '--chek'], 'unknown flag', '--chek\n  did you mean "--check"?'],
    [['generate', '--output'], 'Flag --output expects a value', ''],
    [['generate', '--check', '--dry-run'], '--check and --dry-run exclude each other\n', ''],
    [['serve', 'a', 'b'], 'Unexpected argument: b\n', 'Run spark-charts serve --help.'],
    [['serve', '--port', 'x'], '--port takes an integer, not x\n', 'serve --help.'],
    [
      ['lint', '--format', 'x'],
      'Expected --format=x to be one of: pretty, json, sarif, junit, github\n',
      'lint --help.',
    ],
    [['repo', 'index'], 'the argument "directory" is missing\n', 'spark-charts repo index --help.'],
  ])('%j', async (args, message, problem) => {
    const { exitCode, stdout, stderr } = await runCli(args);
    expect(exitCode).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/^Error: /);
    expect(stderr).toContain(message);
    expect(stderr).toContain(problem);
    expect(stderr).not.toMatch(/^\s+at |See more help|Parsing/m);
  });

  test('as JSON', async () => {
    const { exitCode, stdout, stderr } = await runCli(['generate', '--chek', '--json']);
    expect([exitCode, stderr]).toEqual([2, '']);
    expect(JSON.parse(stdout)).toEqual({
      error: {
        code: 'USAGE',
        message: 'unknown flag',
        problems: [{ message: '--chek', hint: 'did you mean "--check"?' }],
        next: 'Run spark-charts generate --help.',
      },
    });
  });
});

/** What becomes of a command whose output goes where a shell sends it. */
function runInShell(args: string, redirection: string) {
  const script = `set -o pipefail; "$NODE" "$PROGRAM" ${args} ${redirection}`;
  const env = {
    ...process.env,
    NODE_ENV: 'production',
    NODE: process.execPath,
    PROGRAM: EXECUTABLE,
  };
  const { status, stdout, stderr } = spawnSync('bash', ['-c', script], { env, encoding: 'utf8' });
  return { status, stdout, stderr };
}

test.each(['--help', '--version', 'serve nowhere --json'])(
  'a reader who has gone is no error: %s',
  (args) => {
    const { status, stderr } = runInShell(args, '| (exec <&-; sleep 1)');
    expect({ status, stderr }).toEqual({ status: args.includes('nowhere') ? 2 : 0, stderr: '' });
  },
);

test('a reader of messages who has gone stops nothing', () => {
  expect(runInShell('serve nowhere', '2> >(exec <&-; sleep 1)').status).toBe(2);
});

test.skipIf(!existsSync('/dev/full'))('output that cannot be written is told', () => {
  for (const args of ['--version', 'serve nowhere --json'])
    expect(runInShell(args, '> /dev/full')).toEqual({
      status: 3,
      stdout: '',
      stderr: expect.stringMatching(
        /^Error: writing standard output: ENOSPC.*\n\nFree some disk space/,
      ) as string,
    });
});
