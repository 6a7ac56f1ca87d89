import { UserError } from '../errors.ts';
import { run } from '../process.ts';
import { jsonObject, textField } from '../json-object.ts';
import type { Login } from './login.ts';

/** A name that is one file in a folder of PATH. */
const HELPER = /^[\w.-]+$/;
const NOT_FOUND = 'credentials not found in native keychain';
/** Stands in place of a name for a token to get others with. */
const TOKEN_USER = '<token>';

/**
 * Asks a program that keeps logins, as Docker and Helm do it
 * (https://docs.docker.com/reference/cli/docker/login/#credential-helper-protocol). What it prints
 * is never shown.
 * @param helper what follows `docker-credential-` in its name.
 * @returns undefined where it knows none.
 * @throws UserError USAGE, TOOL_FAILED
 */
export async function askCredentialHelper(
  helper: string,
  server: string,
): Promise<Login | undefined> {
  if (!HELPER.test(helper))
    throw new UserError('USAGE', `${JSON.stringify(helper)} is no name of a credential helper`);
  const program = `docker-credential-${helper}`;
  const { exitCode, stdout } = await run(program, ['get'], { input: server });
  if (exitCode !== 0 && stdout.trim() === NOT_FOUND) return undefined;
  const answer = exitCode === 0 ? jsonObject(stdout) : undefined;
  if (!answer)
    throw new UserError(
      'TOOL_FAILED',
      `${program} gave no login for ${server} (exit status ${exitCode})`,
      {
        next: `Check it with: ${program} list`,
      },
    );
  const [username, password] = [textField(answer, 'Username'), textField(answer, 'Secret')];
  if (password === '') return undefined;
  return username === TOKEN_USER ? { identityToken: password } : { username, password };
}
