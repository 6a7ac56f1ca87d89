import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { sha256 } from '../../generator/src/files/digest.ts';
import { type Helm, runHelm, withHelm } from '../../generator/src/helm/helm.ts';
import { silent } from '../../generator/src/progress.ts';
import { deprecate } from '../../generator/src/repository/care/deprecate.ts';
import { prune } from '../../generator/src/repository/care/prune.ts';
import { restore, yank } from '../../generator/src/repository/care/yank.ts';
import { DirectoryStore } from '../../generator/src/repository/directory/directory-store.ts';
import { useTools } from '../support/tools.ts';
import { archiveOf } from '../unit/archive/fixture.ts';
import { temporaryFolder } from '../unit/fileset/fixture.ts';
import { readableIndexes } from '../unit/repository/care/fixture.ts';
import { search, serve, succeed } from './client.ts';

useTools('helm-4', 'helm-3');

const OPTIONS = { progress: silent };
const ALL = ['--versions', '--devel'];

/** Public indexes in which there is something to prune, but not so much that Helm takes long. */
const LARGE = readableIndexes().filter(([, { length }]) => length > 10_000 && length < 1_000_000);

/** A repository with these versions of one chart; where, and the digest of each archive. */
async function repositoryOf(...versions: string[]) {
  const folder = temporaryFolder();
  const archives = await Promise.all(versions.map((version) => archiveOf('demo', version)));
  await new DirectoryStore(folder).publish(archives, silent);
  const digests = new Map(archives.map(({ version, digest }) => [version, digest]));
  return { folder, digests };
}

/** The digest of what Helm pulls. */
async function pull(helm: Helm, chart: string, version: string): Promise<string> {
  const out = temporaryFolder();
  await succeed(helm, ['pull', chart, '--version', version, '-d', out]);
  return sha256(readFileSync(join(out, `demo-${version}.tgz`)));
}

describe.each(['helm-3', 'helm-4'] as const)('%s', (name) => {
  test('finds what prune keeps, and the rest in the archive', async () => {
    const { folder, digests } = await repositoryOf('1.1.0', '1.0.1', '1.0.0', '1.0.0-rc.1');
    await prune(folder, { keep: 1 }, OPTIONS);
    await withHelm(name, console.log, async (helm) => {
      const url = await serve(folder);
      await succeed(helm, ['repo', 'add', 'ours', url]);
      await succeed(helm, ['repo', 'add', 'old', `${url}/archive`]);
      expect(await search(helm, 'ours/', ...ALL)).toEqual(['ours/demo 1.1.0', 'ours/demo 1.0.1']);
      expect(await search(helm, 'old/', ...ALL)).toEqual(['old/demo 1.0.0', 'old/demo 1.0.0-rc.1']);
      for (const version of ['1.0.0', '1.0.0-rc.1'])
        expect(await pull(helm, 'old/demo', version)).toBe(digests.get(version));
    });
  });

  test('does not find a yanked version, until it is back; its URL works all the time', async () => {
    const { folder, digests } = await repositoryOf('1.1.0', '1.0.0');
    const references = [{ chart: 'demo', version: '1.1.0' }];
    await withHelm(name, console.log, async (helm) => {
      const url = await serve(folder);
      await yank(folder, references, { ...OPTIONS, reason: 'broken: "all" of it' });
      await succeed(helm, ['repo', 'add', 'ours', url]);
      await succeed(helm, ['repo', 'add', 'old', `${url}/archive`]);
      expect(await search(helm, 'ours/')).toEqual(['ours/demo 1.0.0']);
      const refused = await runHelm(helm, ['pull', 'ours/demo', '--version', '1.1.0']);
      expect(refused.exitCode).not.toBe(0);
      expect(await pull(helm, `${url}/demo-1.1.0.tgz`, '1.1.0')).toBe(digests.get('1.1.0'));
      expect(await pull(helm, 'old/demo', '1.1.0')).toBe(digests.get('1.1.0'));
      await restore(folder, references, OPTIONS);
      await succeed(helm, ['repo', 'update']);
      expect(await search(helm, 'ours/')).toEqual(['ours/demo 1.1.0']);
      expect(await search(helm, 'old/')).toEqual([]);
      expect(await pull(helm, 'ours/demo', '1.1.0')).toBe(digests.get('1.1.0'));
    });
  });

  test('says of a deprecated version that it is, and still finds it', async () => {
    const { folder } = await repositoryOf('1.1.0', '1.0.0');
    const references = [{ chart: 'demo', version: '1.0.0' }];
    const deprecation = { reason: '# superseded: "by" 1.1.0\nreally' };
    await deprecate(folder, references, { ...OPTIONS, deprecation });
    await withHelm(name, console.log, async (helm) => {
      await succeed(helm, ['repo', 'add', 'ours', await serve(folder)]);
      expect(await search(helm, ...ALL)).toEqual(['ours/demo 1.1.0', 'ours/demo 1.0.0']);
      const complete = ['__complete', 'pull', 'ours/demo', '--version', ''];
      const completions = (await succeed(helm, complete)).split('\n');
      expect(completions.filter((line) => line.includes('(deprecated)'))).toEqual([
        expect.stringMatching(/^1\.0\.0\t/),
      ]);
    });
  });

  test.each(LARGE)('finds all of %s in what prune makes of it', async (_, bytes) => {
    const [before, folder] = [temporaryFolder(), temporaryFolder()];
    for (const directory of [before, folder]) writeFileSync(join(directory, 'index.yaml'), bytes);
    await prune(folder, { keep: 1 }, OPTIONS);
    await withHelm(name, console.log, async (helm) => {
      await succeed(helm, ['repo', 'add', 'ours', await serve(before)]);
      const all = await search(helm, ...ALL);
      const url = await serve(folder);
      await succeed(helm, ['repo', 'add', 'ours', url, '--force-update']);
      const kept = await search(helm, ...ALL);
      await succeed(helm, ['repo', 'add', 'ours', `${url}/archive`, '--force-update']);
      const rest = await search(helm, ...ALL);
      expect(kept.length).toBeLessThan(all.length);
      expect([...kept, ...rest].toSorted()).toEqual(all.toSorted());
    });
  });
});
