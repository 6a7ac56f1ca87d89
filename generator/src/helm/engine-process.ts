import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
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

interface Waiting {
  resolve: (answer: string) => void;
  reject: (error: Error) => void;
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
  return new Engine(spawn(file, args, { env: withoutPassphrase(environment), windowsHide: true }));
}

class Engine implements EngineProcess {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #closed: Promise<void>;
  #waiting: Waiting | undefined;
  #chunks: Buffer[] = [];
  #size = 0;
  #errorOutput = '';
  #reason: string | undefined;

  constructor(child: ChildProcessWithoutNullStreams) {
    this.#child = child;
    const callOff = atExit(() => child.kill('SIGKILL'));
    child.stdout.on('data', (chunk: Buffer) => {
      this.#receive(chunk);
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.#errorOutput = (this.#errorOutput + text).slice(0, REASON_LENGTH);
    });
    // That the process is gone is told by its end.
    child.stdin.on('error', () => undefined);
    child.on('error', (error) => {
      this.#fail(error.message);
    });
    this.#closed = new Promise((resolve) => {
      child.on('close', (status, signal) => {
        callOff();
        this.#fail(this.#reasonOf(status, signal));
        resolve();
      });
    });
  }

  get hasEnded(): boolean {
    return this.#reason !== undefined;
  }

  async ask(request: object): Promise<unknown> {
    const answer = new Promise<string>((resolve, reject) => {
      this.#waiting = { resolve, reject };
    });
    if (this.#reason === undefined) this.#child.stdin.write(`${JSON.stringify(request)}\n`);
    else this.#fail(this.#reason);
    return JSON.parse(await answer) as unknown;
  }

  end(reason: string): Promise<void> {
    this.#fail(reason);
    return this.#closed;
  }

  /** An answer is one line. */
  #receive(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#size += chunk.length;
    if (this.#size > OUTPUT_LIMIT) this.#fail(`it answered with more than ${OUTPUT_LIMIT} bytes`);
    else if (chunk.at(-1) === NEWLINE) {
      this.#waiting?.resolve(Buffer.concat(this.#chunks).toString());
      this.#chunks = [];
      this.#size = 0;
    }
  }

  /** The first reason is the one that counts. */
  #fail(because: string): void {
    this.#reason ??= because;
    this.#child.kill('SIGKILL');
    this.#waiting?.reject(new Error(this.#reason));
  }

  #reasonOf(status: number | null, signal: string | null): string {
    const [said = ''] = this.#errorOutput.split('\n');
    if (said !== '') return said;
    return signal === null ? `it ended with status ${status}` : `it was ended by ${signal}`;
  }
}
