import { text } from 'node:stream/consumers';
import { UserError } from '../errors.ts';
import { readNamed } from './read.ts';

/**
 * What a file of one secret holds, without the line end at its end. Secrets are never taken from
 * arguments, which everybody on the machine can read.
 * @param file `-` for standard input.
 * @param what it is, for messages: `password`.
 * @throws UserError USAGE where standard input is a terminal, FILE_SYSTEM
 */
export async function readSecret(file: string, what: string): Promise<string> {
  const content = file === '-' ? await readStandardInput(what) : (await readNamed(file)).toString();
  return content.replace(/\r?\n$/, '');
}

function readStandardInput(what: string): Promise<string> {
  // Typed in it would be shown.
  if (process.stdin.isTTY)
    throw new UserError('USAGE', `the ${what} is to come from standard input, a terminal`, {
      next: 'Pipe it in, or name a file that holds it.',
    });
  return text(process.stdin);
}
