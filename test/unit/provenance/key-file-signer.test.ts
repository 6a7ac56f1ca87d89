import { join } from 'node:path';
import type { PrivateKey } from 'openpgp';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { type KeyFile, keyFileSigner } from '../../../generator/src/provenance/key-file-signer.ts';
import { fingerprintOf } from '../../../generator/src/provenance/keyring.ts';
import { signArchive } from '../../../generator/src/provenance/sign.ts';
import { verifyProvenance } from '../../../generator/src/provenance/verify.ts';
import { archiveOf } from '../archive/fixture.ts';
import { temporaryFolder, write } from '../fileset/fixture.ts';
import { errorOf, makeSecretKey } from './fixture.ts';

const archive = await archiveOf();
const jo = await makeSecretKey();
const jos = await makeSecretKey();
const kim = await makeSecretKey({ userIDs: [{ name: 'Kim', email: 'kim@example.com' }] });
const DAY = 86_400_000;

afterEach(() => {
  vi.unstubAllEnvs();
});

function keyFile(keys: readonly PrivateKey[], more: Partial<KeyFile> = {}): KeyFile {
  const file = join(temporaryFolder(), 'keys.asc');
  write(file, keys.map((key) => key.armor()).join('\n'));
  return { file, name: undefined, passphrase: undefined, ...more };
}

/** The fingerprint of the key that signs. */
async function signerOf(keys: readonly PrivateKey[], name?: string): Promise<string> {
  const signer = await keyFileSigner(keyFile(keys, { name }));
  const { fingerprint } = await signer.verify(await signArchive(archive, signer), archive);
  return fingerprint;
}

describe('keyFileSigner', () => {
  test('signs as SHA-512, in a text with line ends of Unix', async () => {
    const signer = await keyFileSigner(keyFile([jo]));
    const text = Buffer.from(await signArchive(archive, signer)).toString();
    expect(text).toMatch(/^-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA512\n\napiVersion: v2\n/);
    expect(text).not.toContain('\r');
    expect(text).not.toContain('PRIVATE');
  });

  test('finds a key by fingerprint, key id, user id or a part of it', async () => {
    const fingerprint = fingerprintOf(kim);
    const names = [fingerprint, fingerprint.toLowerCase(), `0x${fingerprint.slice(-16)}`];
    for (const name of [...names, 'Kim <kim@example.com>', 'kim@example.com', 'Kim'])
      expect(await signerOf([jo, kim], name)).toBe(fingerprint);
  });

  test('prefers the whole of a user id to a part', async () => {
    const longer = await makeSecretKey({ userIDs: [{ name: 'Kim <kim@example.com> at work' }] });
    const name = 'Kim <kim@example.com>';
    expect(longer.getUserIDs()[0]).toContain(name);
    expect(await signerOf([longer, kim], name)).toBe(fingerprintOf(kim));
  });

  test.each([
    ['no key of that name', [jo], 'nobody', /holds no secret key for "nobody"/],
    ['several keys of a name', [jo, jos, kim], 'jo@example.com', /several secret keys for "jo@/],
    ['several keys and no name', [jo, kim], undefined, /holds several secret keys$/],
  ])('refuses %s', async (_, keys, name, reason) => {
    const error = await errorOf(keyFileSigner(keyFile(keys, { name })));
    expect(error.code).toBe('SIGNING_FAILED');
    expect(error.message).toMatch(reason);
  });

  test('names the keys to choose from', async () => {
    const { next } = await errorOf(keyFileSigner(keyFile([jo, jos, kim], { name: 'jo@' })));
    expect(next).toContain(`${fingerprintOf(jo)}, ${fingerprintOf(jos)}.`);
    expect(next).not.toContain(fingerprintOf(kim));
  });

  test('refuses a file of public keys', async () => {
    const options = keyFile([]);
    write(options.file, jo.toPublic().armor());
    expect(await errorOf(keyFileSigner(options))).toMatchObject({ code: 'SIGNING_FAILED' });
  });

  test('opens a locked key by its passphrase, and says what is wrong without it', async () => {
    const locked = await makeSecretKey({ passphrase: 's3cret' });
    const signer = await keyFileSigner(keyFile([locked], { passphrase: 's3cret' }));
    expect(await signArchive(archive, signer)).toBeInstanceOf(Buffer);
    const without = await errorOf(keyFileSigner(keyFile([locked])));
    expect(without).toMatchObject({ code: 'SIGNING_FAILED' });
    expect(without.next).toContain('--passphrase-file');
    const wrong = await errorOf(keyFileSigner(keyFile([locked], { passphrase: 'guess' })));
    expect(wrong).toMatchObject({ code: 'SIGNING_FAILED' });
    expect(JSON.stringify([wrong, wrong.message])).not.toContain('guess');
  });

  test('refuses a key that has expired', async () => {
    const date = new Date(Date.now() - 10 * DAY);
    const expired = await makeSecretKey({ date, keyExpirationTime: DAY / 1000 });
    const signer = await keyFileSigner(keyFile([expired]));
    const error = await errorOf(signArchive(archive, signer));
    expect(error.code).toBe('SIGNING_FAILED');
    expect(error.message).toMatch(/expired/);
  });
});

describe('SOURCE_DATE_EPOCH', () => {
  test('is the time of a signature, which has the same bytes each time', async () => {
    const old = await makeSecretKey({ date: new Date(0) });
    vi.stubEnv('SOURCE_DATE_EPOCH', '86400');
    const signer = await keyFileSigner(keyFile([old]));
    const one = await signArchive(archive, signer);
    expect(Buffer.from(await signArchive(archive, signer))).toEqual(one);
    await verifyProvenance(one, archive, [old]);
    vi.stubEnv('SOURCE_DATE_EPOCH', '86401');
    expect(Buffer.from(await signArchive(archive, signer))).not.toEqual(one);
  });

  test('is passed over where the key is newer', async () => {
    vi.stubEnv('SOURCE_DATE_EPOCH', '86400');
    const signer = await keyFileSigner(keyFile([jo]));
    const { fingerprint } = await signer.verify(await signArchive(archive, signer), archive);
    expect(fingerprint).toBe(fingerprintOf(jo));
  });
});
