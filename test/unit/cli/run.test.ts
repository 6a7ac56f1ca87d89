import { describe, expect, test } from 'vitest';
import { runCli } from '../../support/cli.ts';

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
    [['generate', '--check', '--dry-run'], '--dry-run=true cannot also be provided', ''],
    [['serve', 'a', 'b'], 'Unexpected argument: b', ''],
  ])('%j', async (args, message, problem) => {
    const { exitCode, stdout, stderr } = await runCli(args);
    expect(exitCode).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/^Error: /);
    expect(stderr).toContain(message);
    expect(stderr).toContain(problem);
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  test('as JSON', async () => {
    const { exitCode, stdout, stderr } = await runCli(['generate', '--chek', '--json']);
    expect([exitCode, stderr]).toEqual([2, '']);
    expect(JSON.parse(stdout)).toEqual({
      error: {
        code: 'USAGE',
        message: 'unknown flag',
        problems: [{ message: '--chek', hint: 'did you mean "--check"?' }],
        next: 'Run spark-charts --help, or spark-charts COMMAND --help.',
      },
    });
  });
});
