import { readSecret } from '../files/secret.ts';

/** For machines without files of secrets, such as CI. */
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
  const [passphrase = ''] = (await readSecret(file, 'passphrase')).split(/\r?\n/, 1);
  return passphrase;
}

/** An environment for other programs: none of them is to know the passphrase. */
export function withoutPassphrase(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return { ...environment, [PASSPHRASE_VARIABLE]: undefined };
}
