import { chmodSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { gpgSigner } from '../../../generator/src/provenance/gpg-signer.ts';
import { readKeyring } from '../../../generator/src/provenance/keyring.ts';
import { PASSPHRASE_VARIABLE } from '../../../generator/src/provenance/passphrase.ts';
import { signArchive } from '../../../generator/src/provenance/sign.ts';
import { statementOf } from '../../../generator/src/provenance/statement.ts';
import { verifyProvenance } from '../../../generator/src/provenance/verify.ts';
import { fingerprintOf, gpg, hasGpg, makeKey, useGpg } from '../../support/gpg.ts';
import { archiveOf } from '../archive/fixture.ts';
import { temporaryFolder, write } from '../fileset/fixture.ts';
import { errorOf } from './fixture.ts';

useGpg();
afterEach(() => {
  vi.unstubAllEnvs();
});

const archive = await archiveOf();

async function signWith(name: string, passphrase?: string): Promise<Uint8Array> {
  return signArchive(archive, await gpgSigner({ name, passphrase }));
}

describe.skipIf(!hasGpg)('gpgSigner', () => {
  test('finds a key by fingerprint, key id or email', async () => {
    const fingerprint = makeKey('Jo <jo@example.com>');
    for (const name of [
      fingerprint,
      fingerprint.slice(-16),
      'jo@example.com',
      '<jo@example.com>',
    ]) {
      const signer = await gpgSigner({ name, passphrase: undefined });
      const provenance = await signArchive(archive, signer);
      expect(await signer.verify(provenance, archive)).toEqual({
        fingerprint,
        signedBy: ['Jo <jo@example.com>'],
      });
    }
  });

  test('signs with a subkey that is marked', async () => {
    const primary = makeKey('Sub <sub@example.com>');
    gpg(['--passphrase', '', '--quick-add-key', primary, 'ed25519', 'sign']);
    const listing = gpg(['--with-colons', '--list-keys', primary]).toString();
    const [, subkey = ''] = /^sub:[^]*?^fpr:+([\dA-F]+)/m.exec(listing) ?? [];
    for (const [name, signer] of [
      [`${primary}!`, primary],
      [`${subkey}!`, subkey],
    ] as const) {
      const file = join(temporaryFolder(), 'signed');
      write(file, Buffer.from(await signWith(name)).toString());
      const status = gpg(['--status-fd', '1', '--verify', file]).toString();
      expect(status).toContain(`VALIDSIG ${signer}`);
    }
  });

  test('gives the passphrase to gpg alone', async () => {
    const passphrase = 'pässphrase of a test';
    const name = makeKey('Locked <locked@example.com>', { passphrase });
    const folder = temporaryFolder();
    const log = join(folder, 'log');
    write(
      join(folder, 'gpg'),
      `#!/bin/sh\n{ tr '\\0' '\\n' < /proc/$$/cmdline; env; } >> ${log}\nPATH=${process.env.PATH} exec gpg "$@"\n`,
    );
    chmodSync(join(folder, 'gpg'), 0o755);
    vi.stubEnv('PATH', `${folder}${delimiter}${process.env.PATH}`);
    vi.stubEnv(PASSPHRASE_VARIABLE, passphrase);
    const provenance = Buffer.from(await signWith(name, passphrase)).toString();
    const seen = readFileSync(log, 'utf8');
    expect(seen).toContain('--passphrase-fd');
    expect(seen).toContain('--clearsign');
    expect(seen + provenance).not.toContain(passphrase);
    gpg(['--verify'], provenance);
  });

  test('says what gpg says of a wrong passphrase, without it', async () => {
    const name = makeKey('Wrong <wrong@example.com>', { passphrase: 'right' });
    const error = await errorOf(signWith(name, 'a guess'));
    expect(error).toMatchObject({ code: 'SIGNING_FAILED' });
    expect(error.message).toMatch(/Bad passphrase/);
    expect(`${error.message} ${error.next ?? ''}`).not.toContain('a guess');
  });

  test('refuses a name that no key or several keys have', async () => {
    const one = makeKey('Twin one <twin@example.com>');
    const other = makeKey('Twin two <twin@example.com>');
    const several = await errorOf(signWith('twin@example.com'));
    expect(several).toMatchObject({ code: 'SIGNING_FAILED' });
    expect(several.next).toContain(`${one}, ${other}`);
    for (const name of ['nobody@example.com', '--version', '-h']) {
      const none = await errorOf(signWith(name));
      expect(none.message).toBe(`gpg has no usable secret key for ${name}`);
    }
  });

  test('passes over keys that have expired', async () => {
    makeKey('Old <renewed@example.com>', { time: '20200101T000000', expires: '2020-02-01' });
    const error = await errorOf(signWith('renewed@example.com'));
    expect(error.next).toContain('expired');
    makeKey('New <renewed@example.com>');
    expect(await signWith('renewed@example.com')).toBeInstanceOf(Buffer);
  });

  test('refuses lines that gpg cuts', async () => {
    const name = makeKey('Long <long@example.com>');
    const signer = await gpgSigner({ name, passphrase: undefined });
    const withIcon = (length: number) => {
      const icon = `data:image/png;base64,${'A'.repeat(length)}`;
      return { ...archive, metadata: { ...archive.metadata, icon } };
    };
    expect(await signArchive(withIcon(19_000), signer)).toBeInstanceOf(Buffer);
    const error = await errorOf(signArchive(withIcon(20_000), signer));
    expect(error).toMatchObject({
      code: 'SIGNING_FAILED',
      message: expect.stringContaining('cuts') as string,
    });
  });

  test('signs at the time of SOURCE_DATE_EPOCH, the same bytes each time', async () => {
    const name = makeKey('Time <time@example.com>', { time: '20200101T000000' });
    vi.stubEnv('SOURCE_DATE_EPOCH', '1600000000');
    const one = await signWith(name);
    expect(await signWith(name)).toEqual(one);
    const file = join(temporaryFolder(), 'signed');
    write(file, Buffer.from(one).toString());
    expect(gpg(['--status-fd', '1', '--verify', file]).toString()).toContain(' 1600000000 ');
  });

  test('what gpg signed with a weak hash is refused', async () => {
    const name = makeKey('Weak <weak@example.com>', { algorithm: 'rsa2048' });
    const keys = await readKeyring(gpg(['--export', name]), 'keyring');
    const sign = (hash: string) =>
      gpg(['--local-user', name, '--digest-algo', hash, '--clearsign'], statementOf(archive));
    await verifyProvenance(sign('SHA256'), archive, keys);
    const error = await errorOf(verifyProvenance(sign('SHA1'), archive, keys));
    expect(error.message).toMatch(/Insecure message hash algorithm: SHA1/);
    expect(fingerprintOf('weak@example.com')).toBe(name);
  });
});

test('without gpg it says what to install', async () => {
  vi.stubEnv('PATH', temporaryFolder());
  const error = await errorOf(gpgSigner({ name: 'jo', passphrase: undefined }));
  expect(error).toMatchObject({ code: 'TOOL_MISSING' });
  expect(error.next).toMatch(/Install GnuPG.*--keyring/);
});
