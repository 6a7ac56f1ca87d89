import { readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { packageCharts } from '../../../generator/src/archive/package-charts.ts';
import { silent } from '../../../generator/src/progress.ts';
import { keyFileSigner } from '../../../generator/src/provenance/key-file-signer.ts';
import { signFile } from '../../../generator/src/provenance/sign-file.ts';
import type { Signer } from '../../../generator/src/provenance/types.ts';
import { archiveOf, chartYaml, writeChart } from '../archive/fixture.ts';
import { temporaryFolder, write } from '../fileset/fixture.ts';
import { errorOf, makeSecretKey } from './fixture.ts';

const [key, otherKey] = [await makeSecretKey(), await makeSecretKey()];

async function makeSigner(secretKey = key): Promise<Signer> {
  const file = join(temporaryFolder(), 'key.asc');
  write(file, secretKey.armor());
  return keyFileSigner({ file, name: undefined, passphrase: undefined });
}

describe('signFile', () => {
  test('keeps a good signature by the same key, and replaces any other', async () => {
    const archive = await archiveOf();
    const file = join(temporaryFolder(), archive.fileName);
    writeFileSync(file, archive.bytes);
    const signer = await makeSigner();
    const path = await signFile(file, archive, signer);
    expect(path).toBe(`${file}.prov`);
    const first = { text: readFileSync(path, 'utf8'), inode: statSync(path).ino };
    await signer.verify(readFileSync(path), archive);
    await signFile(file, archive, signer);
    expect(statSync(path).ino).toBe(first.inode);
    const other = await makeSigner(otherKey);
    await signFile(file, archive, other);
    await other.verify(readFileSync(path), archive);
    writeFileSync(path, first.text.replace('name: demo', 'name: other'));
    await signFile(file, archive, signer);
    await signer.verify(readFileSync(path), archive);
  });
});

describe('packageCharts', () => {
  const chart = () => writeChart({ 'Chart.yaml': chartYaml(), 'values.yaml': 'a: 1\n' });

  test('signs what it packs, a second time nothing is written', async () => {
    const [folder, out, signer] = [chart(), temporaryFolder(), await makeSigner()];
    const [first] = await packageCharts([folder], out, silent, signer);
    const provenance = join(out, 'demo-1.0.0.tgz.prov');
    expect(first).toMatchObject({ written: true, provenance });
    const { ino } = statSync(provenance);
    const [second] = await packageCharts([folder], out, silent, signer);
    expect(second).toMatchObject({ written: false, provenance });
    expect(statSync(provenance).ino).toBe(ino);
    expect(readdirSync(out)).toEqual(['demo-1.0.0.tgz', 'demo-1.0.0.tgz.prov']);
  });

  test('leaves no signature beside other bytes', async () => {
    const [folder, out, signer] = [chart(), temporaryFolder(), await makeSigner()];
    await packageCharts([folder], out, silent, signer);
    await packageCharts([folder], out, silent);
    expect(readdirSync(out)).toContain('demo-1.0.0.tgz.prov');
    write(join(folder, 'values.yaml'), 'a: 2\n');
    await packageCharts([folder], out, silent);
    expect(readdirSync(out)).toEqual(['demo-1.0.0.tgz']);
  });

  test('leaves no signature beside other bytes when signing fails', async () => {
    const [folder, out, signer] = [chart(), temporaryFolder(), await makeSigner()];
    await packageCharts([folder], out, silent, signer);
    write(join(folder, 'values.yaml'), 'a: 2\n');
    const changing: Signer = { ...signer, sign: (text) => signer.sign(text.replace('files', 'x')) };
    const error = await errorOf(packageCharts([folder], out, silent, changing));
    expect(error.code).toBe('SIGNING_FAILED');
    expect(readdirSync(out)).toEqual(['demo-1.0.0.tgz']);
  });
});
