import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import type { ChartArchive } from '../../../../generator/src/archive/archive.ts';
import { silent } from '../../../../generator/src/progress.ts';
import { GitStore } from '../../../../generator/src/repository/git/git-store.ts';
import { archiveOf } from '../../archive/fixture.ts';
import { temporaryFolder } from '../../fileset/fixture.ts';
import { failureOf } from '../../network/server.ts';
import { signed } from '../directory/fixture.ts';
import {
  bareRemote,
  bytesOn,
  environmentOf,
  filesOn,
  git,
  publishedOn,
  pushFiles,
  targetOf,
  tipOf,
} from './fixture.ts';

let remote: string;
let before: ChartArchive;
let after: ChartArchive;
beforeEach(async () => {
  remote = bareRemote();
  [before, after] = [await archiveOf(), await archiveOf('demo', '1.0.0', 'b: 2\n')];
});

const storeOf = (options = {}) =>
  new GitStore(targetOf(remote), { environment: environmentOf(), ...options });
const publish = (archives: ChartArchive[], options = {}) =>
  storeOf(options).publish(archives, silent);

const OVERWRITE = { allowOverwrite: true };

test('archive and index change in one commit, and what clients will see is said', async () => {
  await publish([before, await archiveOf('demo', '0.9.0')]);
  const archives = [after, await archiveOf('other')];
  const planned = await storeOf(OVERWRITE).plan(archives);
  const said: string[] = [];
  const plan = await storeOf(OVERWRITE).publish(archives, (line) => said.push(line));
  expect(said).toContain('overwriting demo 1.0.0: it does not fit the digest in indexes of before');
  expect(plan).toMatchObject({
    uploads: [{ name: 'demo' }, { name: 'other' }],
    additions: [{ name: 'other' }],
    overwrites: [{ digest: after.digest, replaces: before.digest, losesProvenance: false }],
    unchanged: [],
    warnings: [{ file: 'demo-1.0.0.tgz', hint: expect.stringContaining('Helm 4') as string }],
  });
  expect(plan.warnings[0]?.message).toContain('do not fit the digest it knows');
  expect(planned.overwrites).toEqual(plan.overwrites);
  // Each with the digest of its bytes.
  expect(publishedOn(remote)).toEqual(['demo 1.0.0', 'demo 0.9.0', 'other 1.0.0']);
  expect(bytesOn(remote, 'demo-1.0.0.tgz')).toEqual(Buffer.from(after.bytes));
  expect(git(remote, 'rev-list', '--count', 'gh-pages')).toBe('2');
});

test('the same again changes nothing, and without leave nothing is overwritten', async () => {
  await publish([before]);
  await publish([after], OVERWRITE);
  const tip = tipOf(remote);
  const again = await publish([after], OVERWRITE);
  expect(again).toMatchObject({ uploads: [], overwrites: [], warnings: [] });
  expect(await failureOf(publish([before]))).toMatchObject({ code: 'VERSION_EXISTS' });
  expect(tipOf(remote)).toBe(tip);
});

test('no provenance stays beside bytes for which it does not vouch', async () => {
  await publish([signed(before)]);
  const plan = await publish([after], OVERWRITE);
  expect(plan).toMatchObject({ overwrites: [{ losesProvenance: true }], provenance: [] });
  expect(filesOn(remote)).toEqual(['.nojekyll', 'demo-1.0.0.tgz', 'index.yaml']);
  await publish([signed(before)], OVERWRITE);
  const again = await publish([signed(after)], OVERWRITE);
  expect(again).toMatchObject({
    ...{ overwrites: [{ losesProvenance: false }], provenance: ['demo-1.0.0.tgz.prov'] },
  });
  expect(bytesOn(remote, 'demo-1.0.0.tgz.prov')).toEqual(signed(after).provenance);
});

test.each([
  ['lists other bytes than the file has', 'demo-1.0.0.tgz', () => after.bytes],
  ['lists what is not there', 'demo-1.0.0.tgz', () => undefined],
  ['does not list the file', 'index.yaml', () => undefined],
])('an index that %s is put right', async (_, file, content) => {
  await publish([before]);
  const clone = temporaryFolder();
  git(clone, 'clone', '--quiet', '--branch=gh-pages', remote, '.');
  rmSync(join(clone, file));
  const bytes = content();
  if (bytes) writeFileSync(join(clone, file), bytes);
  git(clone, 'commit', '--quiet', '--all', '--message=By hand');
  git(clone, 'push', '--quiet');
  const plan = await publish([after], OVERWRITE);
  expect(plan.overwrites).toMatchObject([{ name: 'demo', replaces: before.digest }]);
  expect(publishedOn(remote)).toEqual(['demo 1.0.0']);
  expect(bytesOn(remote, 'demo-1.0.0.tgz')).toEqual(Buffer.from(after.bytes));
});

test('a retired version is not overwritten', async () => {
  await publish([before]);
  const index = bytesOn(remote, 'index.yaml').toString();
  pushFiles(remote, {
    'archive/index.yaml': index.replace('demo-1.0.0.tgz', '../demo-1.0.0.tgz'),
    'index.yaml': 'apiVersion: v1\nentries: {}\n',
  });
  const error = await failureOf(publish([after], OVERWRITE));
  expect(error).toMatchObject({ code: 'VERSION_EXISTS' });
  expect(bytesOn(remote, 'demo-1.0.0.tgz')).toEqual(Buffer.from(before.bytes));
});
