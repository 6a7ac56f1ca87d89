import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { fileSystemError, UserError } from '../errors.ts';

/** For machines without files of secrets, such as CI; never handed on to another program. */
export const PASSPHRASE_VARIABLE = 'SPARK_CHARTS_KEY_PASSPHRASE';

/**
 * The passphrase of a secret key: the first line of a file, or of standard input for `-`, else that
 * of the environment. Undefined where neither is given.
 * @throws UserError USAGE, FILE_SYSTEM
 */
export async function readPassphrase(
  file: string | undefined,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<string | undefined> {
  if (file === undefined) return environment[PASSPHRASE_VARIABLE];
  const content = file === '-' ? await readStandardInput() : await readText(file);
  const [passphrase = ''] = content.split(/\r?\n/, 1);
  return passphrase;
}

function readStandardInput(): Promise<string> {
  // Typed in it would be shown.
  if (process.stdin.isTTY)
    throw new UserError('USAGE', 'the passphrase is to come from standard input, a terminal', {
      next: 'Pipe it in, or give --passphrase-file a file.',
    });
  return text(process.stdin);
}

function readText(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((error: unknown) => {
    throw fileSystemError(error, `reading ${file}`);
  });
}
