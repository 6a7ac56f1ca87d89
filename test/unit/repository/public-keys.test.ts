import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { readKey } from 'openpgp';
import { describe, expect, test } from 'vitest';
import { silent } from '../../../generator/src/progress.ts';
import { DirectoryStore } from '../../../generator/src/repository/directory/directory-store.ts';
import { addPublicKeys } from '../../../generator/src/repository/public-keys.ts';
import { archiveOf } from '../archive/fixture.ts';
import { temporaryFolder, write } from '../fileset/fixture.ts';
import { errorOf, makeSecretKey } from '../provenance/fixture.ts';

interface Index {
  publicKeys: string[];
  entries: { demo: unknown[] };
}

function readIndex(folder: string): Index {
  return load(readFileSync(join(folder, 'index.yaml'), 'utf8')) as Index;
}

describe('addPublicKeys', () => {
  test('adds what the index lacks, and keeps all else', async () => {
    const [folder, file] = [temporaryFolder(), join(temporaryFolder(), 'keys.asc')];
    await new DirectoryStore(folder).publish([await archiveOf()], silent);
    const [first, second] = [await makeSecretKey(), await makeSecretKey()];
    write(file, first.toPublic().armor());
    expect(await addPublicKeys(folder, file, silent)).toBe(true);
    const before = readFileSync(join(folder, 'index.yaml'), 'utf8');
    expect(await addPublicKeys(folder, file, silent)).toBe(false);
    expect(readFileSync(join(folder, 'index.yaml'), 'utf8')).toBe(before);
    write(file, first.toPublic().armor() + second.toPublic().armor());
    expect(await addPublicKeys(folder, file, silent)).toBe(true);
    const { publicKeys, entries } = readIndex(folder);
    expect(entries.demo).toHaveLength(1);
    const keys = publicKeys.map((armoredKey) => readKey({ armoredKey }));
    const fingerprints = (await Promise.all(keys)).map((key) => key.getFingerprint());
    expect(fingerprints).toEqual([first.getFingerprint(), second.getFingerprint()]);
  });

  test('never gives a secret key away', async () => {
    const [folder, file] = [temporaryFolder(), join(temporaryFolder(), 'keys.asc')];
    write(file, (await makeSecretKey()).armor());
    await addPublicKeys(folder, file, silent);
    const [key = ''] = readIndex(folder).publicKeys;
    expect(key).toMatch(/^-----BEGIN PGP PUBLIC KEY BLOCK-----\n/);
    expect(readFileSync(join(folder, 'index.yaml'), 'utf8')).not.toContain('PRIVATE');
  });

  test('refuses a file that holds no keys, and writes nothing', async () => {
    const [folder, file] = [temporaryFolder(), join(temporaryFolder(), 'keys.asc')];
    write(file, 'no keys');
    expect(await errorOf(addPublicKeys(folder, file, silent))).toMatchObject({ code: 'USAGE' });
  });
});
