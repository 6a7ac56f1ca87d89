import { renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { silent } from '../../../generator/src/progress.ts';
import { verifyFiles } from '../../../generator/src/provenance/verify-files.ts';
import { archiveOf } from '../archive/fixture.ts';
import { temporaryFolder, write } from '../fileset/fixture.ts';
import { errorOf, makeSecretKey, provenanceOf, USER_ID } from './fixture.ts';

const key = await makeSecretKey();
const archives = await Promise.all(['1.0.0', '1.1.0'].map((version) => archiveOf('demo', version)));

async function signedFiles(): Promise<{ files: string[]; keyring: string }> {
  const folder = temporaryFolder();
  const keyring = join(folder, 'keyring.asc');
  write(keyring, key.toPublic().armor());
  const files: string[] = [];
  for (const archive of archives) {
    const file = join(folder, archive.fileName);
    writeFileSync(file, archive.bytes);
    writeFileSync(`${file}.prov`, await provenanceOf(archive, key));
    files.push(file);
  }
  return { files, keyring };
}

test('tells who signed each archive', async () => {
  const { files, keyring } = await signedFiles();
  const fingerprint = key.getFingerprint().toUpperCase();
  expect(await verifyFiles(files, keyring, silent)).toEqual(
    files.map((file, i) => ({
      file,
      digest: archives[i]?.digest,
      fingerprint,
      signedBy: [USER_ID],
    })),
  );
});

test('goes by the name of the file, whatever is in it', async () => {
  const { files, keyring } = await signedFiles();
  const [file = ''] = files;
  const renamed = join(file, '..', 'other-1.0.0.tgz');
  renameSync(file, renamed);
  renameSync(`${file}.prov`, `${renamed}.prov`);
  const error = await errorOf(verifyFiles([renamed], keyring, silent));
  expect(error.message).toContain('it was renamed: it is signed as demo-1.0.0.tgz');
});

test('looks at all archives and tells of each that cannot be trusted', async () => {
  const { files, keyring } = await signedFiles();
  const [first = '', second = ''] = files;
  writeFileSync(first, 'no archive any more');
  rmSync(`${second}.prov`);
  const error = await errorOf(verifyFiles(files, keyring, silent));
  expect(error).toMatchObject({
    code: 'PROVENANCE_INVALID',
    message: '2 of 2 archives cannot be trusted',
  });
  expect(error.problems.map(({ message }) => message)).toEqual([
    expect.stringMatching(/^demo-1\.0\.0\.tgz cannot be trusted: its bytes are not/),
    `${second} has no provenance file`,
  ]);
});

test('refuses a provenance file of any size without reading it', async () => {
  const { files, keyring } = await signedFiles();
  const [file = ''] = files;
  truncateSync(`${file}.prov`, 5 * 1024 ** 3);
  const error = await errorOf(verifyFiles([file], keyring, silent));
  expect(error).toMatchObject({ code: 'PROVENANCE_INVALID' });
  expect(error.message).toContain('larger than');
});

test('a file that is not there is an error of the file system', async () => {
  const { keyring } = await signedFiles();
  const error = await errorOf(verifyFiles(['/nothing/here.tgz'], keyring, silent));
  expect(error.code).toBe('FILE_SYSTEM');
});
