import { Command } from '@oclif/core/command';
import type { Progress } from '../progress.ts';
import { createProgress } from './progress.ts';

/** What all commands share: `--json`, progress, and errors that {@link ./run.ts} reports. */
export abstract class BaseCommand extends Command {
  static override enableJsonFlag = true;

  readonly #line = createProgress(process.stderr, () => this.jsonEnabled());

  /** Progress for long work: a changing line on a terminal, plain lines elsewhere, none with `--json`. */
  protected readonly progress: Progress = this.#line.report;

  override log(message?: string, ...values: unknown[]): void {
    this.#line.clear();
    super.log(message, ...values);
  }

  /** Prints a line on standard error, beside a result that may go on into another program. */
  protected readonly tell = (line: string): void => {
    this.#line.clear();
    this.logToStderr(line);
  };

  protected override catch(error: Error): Promise<never> {
    return Promise.reject(error);
  }

  protected override finally(): Promise<void> {
    this.#line.clear();
    return Promise.resolve();
  }
}
