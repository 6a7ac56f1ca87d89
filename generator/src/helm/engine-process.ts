import { spawn } from 'node:child_process';
import { atExit } from '../files/at-exit.ts';
import { withoutPassphrase } from '../provenance/passphrase.ts';
import { OUTPUT_LIMIT } from '../process.ts';

/** A running engine (generator/helm-engine), which works on one request at a time. */
export interface EngineProcess {
  /**
   * Sends a request; resolves with its answer.
   * @throws an Error that says why, when the process ends before it has answered.
   */
  ask(request: object): Promise<unknown>;
  /** Kills it, for a reason that a request under way is told; resolves when it is gone. */
  end(reason: string): Promise<void>;
  readonly hasEnded: boolean;
}

const NEWLINE = 0x0a;
/** The first line of a dying Go program says why; traces of its goroutines follow. */
const REASON_LENGTH = 300;

/** Starts an engine. If it cannot be started, the first request says so. */
export function startEngine(
  file: string,
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
): EngineProcess {
  const child = spawn(file, args, { env: withoutPassphrase(environment), windowsHide: true });
  const callOff = atExit(() => child.kill('SIGKILL'));
  let waiting: { resolve: (answer: string) => void; reject: (error: Error) => void } | undefined;
  let chunks: Buffer[] = [];
  let size = 0;
  let errorOutput = '';
  let reason: string | undefined;

  const fail = (because: string) => {
    reason ??= because;
    child.kill('SIGKILL');
    waiting?.reject(new Error(reason));
  };
  child.stdout.on('data', (chunk: Buffer) => {
    chunks.push(chunk);
    size += chunk.length;
    if (size > OUTPUT_LIMIT) fail(`it answered with more than ${OUTPUT_LIMIT} bytes`);
    else if (chunk.at(-1) === NEWLINE) {
      waiting?.resolve(Buffer.concat(chunks).toString());
      chunks = [];
      size = 0;
    }
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errorOutput = (errorOutput + text).slice(0, REASON_LENGTH);
  });
  // That the process is gone is told by its end.
  child.stdin.on('error', () => undefined);
  child.on('error', (error) => {
    fail(error.message);
  });
  const closed = new Promise<void>((resolve) => {
    child.on('close', (status, signal) => {
      callOff();
      const [said = ''] = errorOutput.split('\n');
      const end = signal === null ? `it ended with status ${status}` : `it was ended by ${signal}`;
      fail(said === '' ? end : said);
      resolve();
    });
  });

  return {
    get hasEnded() {
      return reason !== undefined;
    },
    async ask(request) {
      const answer = new Promise<string>((resolve, reject) => {
        waiting = { resolve, reject };
      });
      if (reason === undefined) child.stdin.write(`${JSON.stringify(request)}\n`);
      else fail(reason);
      return JSON.parse(await answer) as unknown;
    },
    end(because) {
      fail(because);
      return closed;
    },
  };
}
