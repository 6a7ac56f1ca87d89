import { spawn } from 'node:child_process';
import type { Writable } from 'node:stream';
import { buffer, text } from 'node:stream/consumers';
import { isSystemError, UserError } from '../errors.ts';
import { atExit } from '../files/at-exit.ts';
import { withoutPassphrase } from './passphrase.ts';

/** Long enough for a person to find a smartcard and type its PIN. */
const TIMEOUT_MILLISECONDS = 5 * 60_000;
/** The number of the stream that gpg reads the passphrase from. */
const PASSPHRASE_STREAM = 3;

export interface GpgInput {
  /** Standard input. */
  text?: string;
  /** Where it is given, gpg asks nobody for it. */
  passphrase?: string | undefined;
}

export interface GpgResult {
  exitCode: number;
  stdout: Buffer;
  /** Its messages, in English. */
  stderr: string;
}

/**
 * Runs GnuPG. The passphrase goes through a stream of its own: arguments and environment can be
 * read by others. An exit status other than 0 is a result, not an error.
 * @throws UserError TOOL_MISSING, TOOL_FAILED
 */
export async function runGpg(args: readonly string[], input: GpgInput = {}): Promise<GpgResult> {
  const { passphrase } = input;
  const loopback = ['--pinentry-mode', 'loopback', '--passphrase-fd', String(PASSPHRASE_STREAM)];
  const child = spawn('gpg', ['--batch', ...(passphrase === undefined ? [] : loopback), ...args], {
    env: { ...withoutPassphrase(process.env), LC_ALL: 'C' },
    stdio: ['pipe', 'pipe', 'pipe', 'pipe'],
    timeout: TIMEOUT_MILLISECONDS,
    windowsHide: true,
  });
  const callOff = atExit(() => child.kill());
  try {
    const ended = new Promise<number>((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (code, signal) => {
        if (code === null) reject(new UserError('TOOL_FAILED', `gpg was ended by ${signal}`));
        else resolve(code);
      });
    });
    send(child.stdin, input.text);
    send(child.stdio[PASSPHRASE_STREAM] as Writable, passphrase);
    const [exitCode, stdout, stderr] = await Promise.all([
      ended,
      buffer(child.stdout),
      text(child.stderr),
    ]);
    return { exitCode, stdout, stderr };
  } catch (error) {
    throw startError(error);
  } finally {
    callOff();
  }
}

function send(stream: Writable, content = ''): void {
  // gpg may end without reading; its exit status then says why.
  stream.on('error', () => undefined);
  stream.end(content);
}

function startError(error: unknown): unknown {
  if (!isSystemError(error)) return error;
  if (error.code === 'ENOENT')
    return new UserError('TOOL_MISSING', 'gpg is needed to sign, and is not there', {
      next: 'Install GnuPG (https://gnupg.org/download), or sign with a key in a file: --keyring.',
      cause: error,
    });
  return new UserError('TOOL_FAILED', `gpg could not be run: ${error.message}`, { cause: error });
}
