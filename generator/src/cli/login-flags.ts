import * as Flags from '@oclif/core/flags';
import { UserError } from '../errors.ts';
import { readSecret } from '../files/secret.ts';
import type { Credentials } from '../network/request.ts';

/** Flags for a login to a server, named as those of `helm registry login`. */
export const loginFlags = {
  username: Flags.string({
    dependsOn: ['password-stdin'],
    description: 'Login for the server; sent to no other one.',
  }),
  'password-stdin': Flags.boolean({
    dependsOn: ['username'],
    description: 'Read the password of the login from standard input.',
  }),
};

/**
 * The login that the flags give, undefined where they give none.
 * @throws UserError USAGE where standard input is a terminal, or empty.
 */
export async function credentialsOf({
  username,
}: {
  username?: string | undefined;
}): Promise<Credentials | undefined> {
  if (username === undefined) return undefined;
  const password = await readSecret('-', 'password');
  if (password !== '') return { username, password };
  // A secret that a job was not given, say.
  throw new UserError('USAGE', 'there is no password on standard input', {
    next: 'Pipe it in; a passphrase (--passphrase-file) has to come from elsewhere.',
  });
}
