import { execFile, type ExecFileException } from 'node:child_process';
import { access, constants, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { UserError } from './errors.ts';
import { atExit } from './files/at-exit.ts';
import { withoutPassphrase } from './provenance/passphrase.ts';

export interface RunOptions {
  /** Folder to run in. */
  cwd?: string;
  /** The whole environment of the child; that of this process where absent. */
  environment?: NodeJS.ProcessEnv;
  /** Milliseconds after which the child is killed; two minutes where absent. */
  timeout?: number;
  /** Standard input; none where absent. */
  input?: string;
  /** Kills the child when aborted; the promise then rejects with an `AbortError`. */
  signal?: AbortSignal;
  /** Is given each piece of standard error as it comes. */
  onErrorOutput?: (text: string) => void;
}

export interface RunResult {
  exitCode: number;
  stdout: string;
  stderr: string;
}

const TIMEOUT = 120_000;
/** A chart of Helm's greatest size (100 MiB) renders into less. */
export const OUTPUT_LIMIT = 256 * 1024 * 1024;

/**
 * Runs a program without a shell. An exit status other than 0 is a result, not an error.
 * @throws UserError `TOOL_FAILED` when it cannot be started, takes too long, prints too much or
 * is killed.
 */
export function run(
  file: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<RunResult> {
  const {
    cwd,
    environment = process.env,
    timeout = TIMEOUT,
    input,
    signal,
    onErrorOutput,
  } = options;
  return new Promise((resolve, reject) => {
    const child = execFile(
      file,
      args,
      {
        cwd,
        env: withoutPassphrase(environment),
        timeout,
        signal,
        maxBuffer: OUTPUT_LIMIT,
        killSignal: 'SIGKILL',
        windowsHide: true,
      },
      (error, stdout, stderr) => {
        callOff();
        if (error === null) resolve({ exitCode: 0, stdout, stderr });
        else if (typeof error.code === 'number') resolve({ exitCode: error.code, stdout, stderr });
        else reject(failure(file, error, timeout));
      },
    );
    const callOff = atExit(() => child.kill('SIGKILL'));
    // A child may end without reading; its exit status then says why.
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(input);
    if (onErrorOutput !== undefined) child.stderr?.on('data', onErrorOutput);
  });
}

/** The name of a program's file on this platform. */
export function executableFile(name: string): string {
  return process.platform === 'win32' ? `${name}.exe` : name;
}

/** True for a file that may be run. */
export async function isExecutable(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK);
    return (await stat(file)).isFile();
  } catch {
    return false;
  }
}

function failure(file: string, error: ExecFileException, timeout: number): Error {
  if (error.name === 'AbortError') return error;
  const name = basename(file);
  if (error.code === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER')
    return new UserError('TOOL_FAILED', `${name} printed more than ${OUTPUT_LIMIT} bytes`);
  if (error.killed === true)
    return new UserError('TOOL_FAILED', `${name} did not end within ${timeout / 1000} s`);
  const reason = error.signal == null ? error.message : `it was ended by ${error.signal}`;
  return new UserError('TOOL_FAILED', `${name} could not be run: ${reason}`, { cause: error });
}
