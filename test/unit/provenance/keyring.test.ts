import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PrivateKey } from 'openpgp';
import { describe, expect, test } from 'vitest';
import {
  fingerprintOf,
  readKeyring,
  readKeyringFile,
} from '../../../generator/src/provenance/keyring.ts';
import { gpg, hasGpg, makeKey, useGpg } from '../../support/gpg.ts';
import { temporaryFolder } from '../fileset/fixture.ts';
import { errorOf, makeSecretKey } from './fixture.ts';

useGpg();

const [first, second] = [await makeSecretKey(), await makeSecretKey()] as const;
const armored = (key: PrivateKey) => Buffer.from(key.toPublic().armor());
const binary = (key: PrivateKey) => Buffer.from(key.toPublic().write());

async function fingerprints(...parts: Uint8Array[]): Promise<string[]> {
  return (await readKeyring(Buffer.concat(parts), 'keyring')).map(fingerprintOf);
}

describe('readKeyring', () => {
  test('reads several keys, binary, and armored in blocks of their own', async () => {
    const both = [fingerprintOf(first), fingerprintOf(second)];
    expect(await fingerprints(binary(first), binary(second))).toEqual(both);
    expect(await fingerprints(armored(first), armored(second))).toEqual(both);
    expect(await fingerprints(Buffer.from('\n'), armored(first))).toEqual(both.slice(0, 1));
  });

  test.each([
    ['an empty file', ''],
    ['any text', 'no keys'],
    ['half a block', first.toPublic().armor().slice(0, 300)],
    [
      'a damaged block',
      first
        .toPublic()
        .armor()
        .replace(/\n\n.{8}/, '\n\n????????'),
    ],
    ['a message', '-----BEGIN PGP MESSAGE-----\n\naGk=\n-----END PGP MESSAGE-----\n'],
  ])('refuses %s', async (_, text) => {
    const error = await errorOf(readKeyring(Buffer.from(text), 'my.gpg'));
    expect(error).toMatchObject({
      code: 'USAGE',
      message: expect.stringMatching(/^my\.gpg is no keyring: ./) as string,
    });
  });

  test.skipIf(!hasGpg)('says of a keybox how to make a keyring of it', async () => {
    const fingerprint = makeKey('Kim <kim@example.com>');
    const home = process.env.GNUPGHOME ?? '';
    const error = await errorOf(readKeyringFile(join(home, 'pubring.kbx')));
    expect(error).toMatchObject({
      code: 'USAGE',
      next: expect.stringContaining('gpg --export') as string,
    });
    // The old format of GnuPG, with what it notes of trust.
    const ring = join(temporaryFolder(), 'ring.gpg');
    gpg(['--no-default-keyring', '--keyring', `gnupg-ring:${ring}`, '--import'], gpg(['--export']));
    expect((await readKeyringFile(ring)).map(fingerprintOf)).toEqual([fingerprint]);
  });
});

test('a file that is not there is told by its name', async () => {
  const file = join(temporaryFolder(), 'missing.gpg');
  const error = await errorOf(readKeyringFile(file));
  expect(error).toMatchObject({
    code: 'FILE_SYSTEM',
    message: expect.stringContaining(file) as string,
  });
  writeFileSync(file, binary(first));
  expect((await readKeyringFile(file)).map(fingerprintOf)).toEqual([fingerprintOf(first)]);
});
