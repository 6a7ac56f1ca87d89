import {
  createCleartextMessage,
  generateKey,
  type PrivateKey,
  readPrivateKey,
  sign,
} from 'openpgp';
import { expect } from 'vitest';
import type { ChartArchive } from '../../../generator/src/archive/archive.ts';
import type { UserError } from '../../../generator/src/errors.ts';
import { statementOf } from '../../../generator/src/provenance/statement.ts';

export const USER_ID = 'Jo Ümläut <jo@example.com>';

type KeyOptions = Partial<Parameters<typeof generateKey>[0]>;

/** A secret key that is not locked, unless `passphrase` is given. */
export async function makeSecretKey(options: KeyOptions = {}): Promise<PrivateKey> {
  const userIDs = [{ name: 'Jo Ümläut', email: 'jo@example.com' }];
  const { privateKey } = await generateKey({
    type: 'ecc',
    userIDs,
    ...options,
    format: 'armored',
  });
  return readPrivateKey({ armoredKey: privateKey });
}

/** The provenance of an archive, or of any other text. */
export async function provenanceOf(
  archive: ChartArchive | string,
  key: PrivateKey,
  date = new Date(),
): Promise<Buffer> {
  const text = typeof archive === 'string' ? archive : statementOf(archive);
  const message = await createCleartextMessage({ text });
  const signed = await sign({ message, signingKeys: key, date });
  return Buffer.from(signed.replaceAll('\r\n', '\n'));
}

/** The error that a promise is rejected with. */
export async function errorOf(promise: Promise<unknown>): Promise<UserError> {
  const error: unknown = await promise.then(
    () => 'nothing was thrown',
    (reason: unknown) => reason,
  );
  expect(error).toMatchObject({ name: 'UserError' });
  return error as UserError;
}
