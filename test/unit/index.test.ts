import { expect, test } from 'vitest';
import { archiveOf } from './archive/fixture.ts';
import { temporaryFolder } from './fileset/fixture.ts';

// Not a literal: the types come from the sources, the code from what was compiled.
const PACKAGE = 'spark-charts' as string;
const library = (await import(PACKAGE)) as typeof import('../../generator/src/index.ts');

test('the compiled package offers each stage under its name', () => {
  expect(import.meta.resolve(PACKAGE)).toMatch(/\/generator\/lib\/index\.js$/);
  expect(Object.keys(library).toSorted()).toEqual([
    'DirectoryStore',
    'ERROR_CODES',
    'UserError',
    'apply',
    'build',
    'changedSinceCommit',
    'changedSinceRelease',
    'chartImages',
    'createEntry',
    'createSigner',
    'deprecate',
    'diff',
    'diffRepositories',
    'differences',
    'editIndex',
    'emitChart',
    'emptyIndex',
    'findEntries',
    'generateCharts',
    'indexDirectory',
    'lintCharts',
    'loadCatalog',
    'mergeEdits',
    'openRepository',
    'openStore',
    'packChart',
    'plan',
    'prune',
    'publishTo',
    'readArchive',
    'readArchiveFile',
    'readArchives',
    'readIndex',
    'readState',
    'refuseForeignFiles',
    'releaseNotes',
    'resolveCharts',
    'restore',
    'signArchives',
    'startServer',
    'testCharts',
    'updateDependencies',
    'verifyFiles',
    'verifyRepository',
    'yank',
  ]);
});

test('an archive is read and published with it', async () => {
  const { bytes, digest } = await archiveOf('demo', '1.2.3');
  const archive = library.readArchive(bytes, 'demo-1.2.3.tgz');
  const store = new library.DirectoryStore(temporaryFolder());
  const { additions } = await store.publish([archive], () => undefined);
  expect(additions).toMatchObject([{ name: 'demo', version: '1.2.3', digest }]);
});

test('its errors are told apart by their code', async () => {
  const reading = library.loadCatalog(temporaryFolder());
  await expect(reading).rejects.toBeInstanceOf(library.UserError);
  await expect(reading).rejects.toMatchObject({ code: 'SOURCE_INVALID' });
});
