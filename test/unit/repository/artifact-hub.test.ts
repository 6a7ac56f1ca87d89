import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { expect, test } from 'vitest';
import { silent } from '../../../generator/src/progress.ts';
import { writeArtifactHub } from '../../../generator/src/repository/artifact-hub.ts';
import { temporaryFolder } from '../fileset/fixture.ts';

test('the file says what the catalog says, and is written when that changes', async () => {
  const folder = temporaryFolder();
  const file = join(folder, 'artifacthub-repo.yml');
  const metadata = {
    repositoryID: '01234567-89ab-cdef-0123-456789abcdef',
    owners: [{ name: 'Jo: the "owner"', email: 'jo@example.com' }],
  };
  await writeArtifactHub(folder, metadata, silent);
  expect(load(readFileSync(file, 'utf8'))).toEqual(metadata);
  const { ino } = statSync(file);
  await writeArtifactHub(folder, metadata, silent);
  expect(statSync(file).ino).toBe(ino);
  const ignore = [{ name: 'demo', version: '^0\\.' }];
  await writeArtifactHub(folder, { ...metadata, ignore }, silent);
  expect(load(readFileSync(file, 'utf8'))).toEqual({ ...metadata, ignore });
  expect(readdirSync(folder)).toEqual(['artifacthub-repo.yml']);
});
