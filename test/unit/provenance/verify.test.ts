import {
  createCleartextMessage,
  createMessage,
  type PrivateKey,
  readKey,
  readPrivateKey,
  reformatKey,
  revokeKey,
  sign,
} from 'openpgp';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ChartArchive } from '../../../generator/src/archive/archive.ts';
import { readClearSigned } from '../../../generator/src/provenance/clear-signed.ts';
import { statementOf } from '../../../generator/src/provenance/statement.ts';
import { MAX_PROVENANCE_SIZE } from '../../../generator/src/provenance/provenance-file.ts';
import { checkStatement, verifyProvenance } from '../../../generator/src/provenance/verify.ts';
import { archiveOf } from '../archive/fixture.ts';
import { errorOf, makeSecretKey, provenanceOf, USER_ID } from './fixture.ts';

const archive = await archiveOf();
const key = await makeSecretKey();
const signed = await provenanceOf(archive, key);
const DAY = 86_400_000;

/** The refusal of a provenance file, and of an archive beside it. */
async function refusal(
  provenance: Uint8Array,
  { of = archive, by = key }: { of?: Partial<ChartArchive>; by?: PrivateKey } = {},
): Promise<string> {
  const error = await errorOf(verifyProvenance(provenance, { ...archive, ...of }, [by]));
  expect(error.code).toBe('PROVENANCE_INVALID');
  expect(error.next).toMatch(/\w/);
  return error.message;
}

describe('verifyProvenance', () => {
  test('tells who signed', async () => {
    const other = await makeSecretKey();
    expect(await verifyProvenance(signed, archive, [other, key])).toEqual({
      fingerprint: key.getFingerprint().toUpperCase(),
      signedBy: [USER_ID],
    });
  });

  test('takes the signature of a subkey', async () => {
    const withSubkey = await makeSecretKey({ subkeys: [{ sign: true }] });
    const provenance = await provenanceOf(archive, withSubkey);
    const { fingerprint } = await verifyProvenance(provenance, archive, [withSubkey]);
    expect(fingerprint).toBe(withSubkey.getFingerprint().toUpperCase());
  });

  test('takes one of several signatures', async () => {
    const message = await createCleartextMessage({ text: statementOf(archive) });
    const signingKeys = [await makeSecretKey(), key];
    const both = Buffer.from(await sign({ message, signingKeys }));
    const { fingerprint } = await verifyProvenance(both, archive, [key]);
    expect(fingerprint).toBe(key.getFingerprint().toUpperCase());
  });

  test('takes a signature of bytes instead of text, which Helm takes', async () => {
    const text = statementOf(archive);
    const message = await createMessage({
      binary: new TextEncoder().encode(text.replaceAll('\n', '\r\n')),
    });
    const detached = (await sign({ message, signingKeys: key, detached: true })) as string;
    const provenance = `-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA512\n\n${text}\n${detached}`;
    const { signedBy } = await verifyProvenance(Buffer.from(provenance), archive, [key]);
    expect(signedBy).toEqual([USER_ID]);
  });

  test('refuses other bytes, naming both digests', async () => {
    const message = await refusal(signed, { of: { digest: '0'.repeat(64) } });
    expect(message).toContain(archive.digest);
    expect(message).toContain('0'.repeat(64));
  });

  test('refuses another name', async () => {
    expect(await refusal(signed, { of: { fileName: 'x-1.tgz' } })).toMatch(
      /renamed: it is signed as demo-1\.0\.0\.tgz/,
    );
    const of = { fileName: 'x-1.tgz', digest: '0'.repeat(64) };
    expect(await refusal(signed, { of })).toMatch(/about 1 other file: demo-1\.0\.0\.tgz/);
  });

  test('refuses a key that is not in the keyring, naming it', async () => {
    const other = await makeSecretKey();
    const id = key.getKeyID().toHex().toUpperCase();
    expect(await refusal(signed, { by: other })).toContain(`${id}, which is not in the keyring`);
    const error = await errorOf(verifyProvenance(signed, archive, []));
    expect(error.message).toContain(id);
  });

  test.each([
    ['the text', /name: demo/, 'name: demO'],
    ['the white space in front of a line', /^name/m, ' name'],
    ['the list of files', /files:\n/, 'files:\n  a-1.tgz: x\n'],
  ])('refuses a change of %s', async (_, from, to) => {
    const changed = signed.toString().replace(from, to);
    expect(changed).not.toBe(signed.toString());
    expect(await refusal(Buffer.from(changed))).toMatch(/signature is no good/);
  });

  test('passes over white space that is not signed', async () => {
    const text = signed.toString();
    const same = [text.replaceAll('\n', '\r\n'), text.replace('name: demo', 'name: demo \t')];
    for (const changed of same) {
      expect(changed).not.toBe(text);
      const { signedBy } = await verifyProvenance(Buffer.from(changed), archive, [key]);
      expect(signedBy).toEqual([USER_ID]);
    }
  });

  test('refuses any flipped bit of a signature', async () => {
    const text = signed.toString();
    const start = text.indexOf('-----BEGIN PGP SIGNATURE-----') + 40;
    for (let at = start; at < start + 60; at += 7) {
      const flipped = text[at] === 'A' ? 'B' : 'A';
      const message = await refusal(Buffer.from(text.slice(0, at) + flipped + text.slice(at + 1)));
      expect(message).toMatch(/cannot be trusted/);
    }
  });

  test('says why of any damage, and never takes a text that was not signed', async () => {
    const { text } = readClearSigned(signed);
    const damage = fc.record({
      at: fc.nat({ max: signed.length - 1 }),
      remove: fc.nat({ max: 40 }),
      insert: fc.uint8Array({ maxLength: 8 }),
    });
    await fc.assert(
      fc.asyncProperty(damage, async ({ at, remove, insert }) => {
        const changed = Buffer.concat([
          signed.subarray(0, at),
          insert,
          signed.subarray(at + remove),
        ]);
        try {
          await verifyProvenance(changed, archive, [key]);
          expect(readClearSigned(changed).text).toBe(text);
        } catch (error) {
          expect(error).toMatchObject({ name: 'UserError', code: 'PROVENANCE_INVALID' });
        }
      }),
      { numRuns: 500 },
    );
  });

  test('refuses what is no signature', async () => {
    const text = signed.toString();
    const [, armor = ''] = /PGP SIGNATURE-----\n\n([^-]*)\n-----END/.exec(text) ?? [];
    expect(armor).not.toBe('');
    const garbage = text.replace(armor, 'Z2FyYmFnZQ==\n');
    expect(await refusal(Buffer.from(garbage))).toMatch(/signature cannot be read/);
    expect(await refusal(Buffer.from('garbage'))).toMatch(/not a clear-signed message/);
    expect(await refusal(Buffer.alloc(MAX_PROVENANCE_SIZE + 1))).toMatch(/larger than/);
  });

  test('refuses a key that has expired since', async () => {
    const date = new Date(Date.now() - 10 * DAY);
    const expired = await makeSecretKey({ date, keyExpirationTime: DAY / 1000 });
    const provenance = await provenanceOf(archive, expired, new Date(date.getTime() + 1000));
    const message = await refusal(provenance, { by: expired });
    expect(message).toContain(expired.getFingerprint().toUpperCase());
    expect(message).toMatch(/expired/);
  });

  test('refuses a key that was revoked', async () => {
    const { publicKey } = await revokeKey({ key });
    const revoked = await readKey({ armoredKey: publicKey });
    const error = await errorOf(verifyProvenance(signed, archive, [revoked]));
    expect(error.message).toMatch(/revoked/);
  });

  test('takes a key whose user id was signed anew after the signature', async () => {
    const date = new Date(Date.now() - 10 * DAY);
    const old = await makeSecretKey({ date });
    const provenance = await provenanceOf(archive, old, new Date(date.getTime() + 1000));
    const userIDs = [{ name: 'renewed' }];
    const { privateKey } = await reformatKey({ privateKey: old, userIDs, format: 'armored' });
    const renewed = await readPrivateKey({ armoredKey: privateKey });
    const { signedBy } = await verifyProvenance(provenance, archive, [renewed]);
    expect(signedBy).toEqual(['renewed']);
  });

  test('refuses a signature from the future', async () => {
    const provenance = await provenanceOf(archive, key, new Date(Date.now() + DAY));
    expect(await refusal(provenance)).toMatch(/future/);
  });

  test('refuses a text without files', async () => {
    const provenance = await provenanceOf('name: demo\n', key);
    expect(await refusal(provenance)).toMatch(/does not name any file/);
  });
});

describe('checkStatement', () => {
  test('takes any signature, but only of this archive', async () => {
    expect(() => {
      checkStatement(signed, archive);
    }).not.toThrow();
    const other = await archiveOf('demo', '1.0.0', 'a: 2\n');
    expect(() => {
      checkStatement(signed, other);
    }).toThrow(/its bytes are not those that were signed/);
  });
});
