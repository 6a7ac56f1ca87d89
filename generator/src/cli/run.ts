import { fileURLToPath } from 'node:url';
import { Config } from '@oclif/core/config';
import * as Errors from '@oclif/core/errors';
import { flush } from '@oclif/core/flush';
import { run as runCommand } from '@oclif/core/run';
import { fileSystemError, UserError } from '../errors.ts';
import { errorDocument, formatUserError } from './report.ts';
import { usageError } from './usage.ts';

const BUG_EXIT_CODE = 70;
const SIGNALS = { SIGINT: 130, SIGTERM: 143 } as const;

/**
 * Runs the command line of this process and sets its exit code.
 * @param url `import.meta.url` of the executable.
 */
export async function run(url: string): Promise<void> {
  let config: Config | undefined;
  exitOnSignals();
  exitWithoutOutput();
  process.on('uncaughtException', (error) => process.exit(reportError(error, config)));
  try {
    // Plugins come with the program; oclif would look for more in the user's data folder.
    const root = fileURLToPath(url);
    config = await Config.load({ root, userPlugins: false, devPlugins: false });
    await runCommand(process.argv.slice(2), config);
  } catch (error) {
    process.exitCode = reportError(error, config);
  }
  await flush();
}

/** Ends the process through its `exit` event, where temporary things are taken away. */
function exitOnSignals(): void {
  for (const [signal, status] of Object.entries(SIGNALS)) {
    process.on(signal, () => {
      // A command that listens too, such as a server, decides for itself.
      if (process.listenerCount(signal) === 1) process.exit(status);
    });
  }
}

/** Ends quietly when nobody reads on, as in `generate --dry-run | head`; else says what is wrong. */
function exitWithoutOutput(): void {
  // Before oclif's own listener, which swallows the one and throws the other.
  process.stdout.prependListener('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit();
    const failure = fileSystemError(error, 'writing standard output');
    process.exit(reportError(failure, undefined, false));
  });
  // Messages that cannot be written must not stop the work they are about.
  process.stderr.on('error', () => undefined);
}

/** Says what went wrong; the exit code. */
function reportError(error: unknown, config: Config | undefined, json = wantsJson()): number {
  if (error instanceof Errors.ExitError) return error.oclif.exit ?? 0;
  const known =
    (config && usageError(error, config, process.argv.slice(2))) ??
    fileSystemError(error, 'a file could not be read or written');
  if (known instanceof UserError) {
    if (json) writeJson(errorDocument(known));
    else process.stderr.write(formatUserError(known, process.stderr));
    return known.exitCode;
  }
  reportBug(error);
  return BUG_EXIT_CODE;
}

function reportBug(error: unknown): void {
  const message = error instanceof Error ? error.message : String(error);
  if (wantsJson()) writeJson({ error: { code: 'BUG', message, problems: [] } });
  process.stderr.write(
    `Error: ${message}\n\nThis is a bug in spark-charts. Nothing you did should lead here.\n`,
  );
  if (process.env.SPARK_CHARTS_DEBUG !== '1') {
    process.stderr.write('Run it again with SPARK_CHARTS_DEBUG=1 and report what it prints.\n');
  } else if (error instanceof Error) process.stderr.write(`${error.stack ?? ''}\n`);
}

function writeJson(document: object): void {
  process.stdout.write(`${JSON.stringify(document, null, 2)}\n`);
}

function wantsJson(): boolean {
  const [flags = ''] = process.argv.slice(2).join('\n').split(/^--$/m);
  return flags.split('\n').includes('--json');
}
