import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export const EXECUTABLE = fileURLToPath(new URL('../../generator/bin/run.js', import.meta.url));

export interface CliResult {
  /** Null when a signal ended the process. */
  exitCode: number | null;
  stdout: string;
  stderr: string;
}

/**
 * Runs the executable as users do, in a process of its own.
 * @param options.env is laid over the environment of the tests.
 * @param options.input is standard input; none where absent.
 */
export function runCli(
  args: readonly string[],
  options: { cwd?: string; env?: Record<string, string>; input?: string } = {},
): Promise<CliResult> {
  const { cwd, env, input } = options;
  // With NODE_ENV=test, which vitest sets, oclif looks for TypeScript sources.
  const environment = { ...process.env, NODE_ENV: 'production', ...env };
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [EXECUTABLE, ...args], {
      cwd,
      env: environment,
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    child.stdin.end(input);
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.on('error', reject);
    child.on('close', (exitCode) => {
      resolve({ exitCode, stdout, stderr });
    });
  });
}
