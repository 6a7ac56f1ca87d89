import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sha256 } from '../../generator/src/files/digest.ts';
import { withHelm } from '../../generator/src/helm/helm.ts';
import { silent } from '../../generator/src/progress.ts';
import { createSigner, signArchives } from '../../generator/src/provenance/sign.ts';
import { GitHubStore } from '../../generator/src/repository/github/github-store.ts';
import { gpg, hasGpg, makeKey, useGpg } from '../support/gpg.ts';
import { useTools } from '../support/tools.ts';
import { archiveOf } from '../unit/archive/fixture.ts';
import { temporaryFolder } from '../unit/fileset/fixture.ts';
import { FakeGitHub } from '../unit/repository/github/fake.ts';
import { search, succeed } from './client.ts';

useTools('helm-4', 'helm-3');
useGpg();

test.skipIf(!hasGpg)('Helm finds, pulls and verifies charts that releases hold', async () => {
  const key = makeKey('releases <releases@example.com>');
  const keyring = join(temporaryFolder(), 'keyring.gpg');
  writeFileSync(keyring, gpg(['--export']));
  const fake = new FakeGitHub();
  const environment = await fake.listen();
  const versions = ['1.0.0', '1.1.0+a.b', '2.0.0-rc.1'];
  const archives = await Promise.all(versions.map((version) => archiveOf('demo', version)));
  const signer = await createSigner({ key });
  const store = new GitHubStore('github:ada/charts', { environment });
  await store.publish(await signArchives(archives, signer, silent), silent);
  for (const name of ['helm-3', 'helm-4'] as const)
    await withHelm(name, console.log, async (helm) => {
      await succeed(helm, ['repo', 'add', 'ours', `${environment.GITHUB_SERVER_URL}/pages`]);
      expect(await search(helm, '--versions', '--devel')).toEqual(
        versions.toReversed().map((version) => `ours/demo ${version}`),
      );
      for (const { version, fileName, digest } of archives) {
        const out = temporaryFolder();
        const verify = ['--verify', '--keyring', keyring, '-d', out];
        await succeed(helm, ['pull', 'ours/demo', '--version', version, ...verify]);
        expect(sha256(readFileSync(join(out, fileName)))).toBe(digest);
      }
    });
});
