import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { sha256 } from '../../generator/src/files/digest.ts';
import { withHelm } from '../../generator/src/helm/helm.ts';
import { silent } from '../../generator/src/progress.ts';
import { createSigner, signArchives } from '../../generator/src/provenance/sign.ts';
import { ChartMuseumStore } from '../../generator/src/repository/chartmuseum/chartmuseum-store.ts';
import { hasChartMuseum, startChartMuseum } from '../support/chartmuseum.ts';
import { gpg, hasGpg, makeKey, useGpg } from '../support/gpg.ts';
import { useTools } from '../support/tools.ts';
import { archiveOf } from '../unit/archive/fixture.ts';
import { temporaryFolder } from '../unit/fileset/fixture.ts';
import { failureOf } from '../unit/network/server.ts';
import { FakeChartMuseum } from '../unit/repository/chartmuseum/fake.ts';
import { signed } from '../unit/repository/directory/fixture.ts';
import { search, succeed } from './client.ts';

useTools('helm-4', 'helm-3');
useGpg();

const LOGIN = { username: 'me', password: 'se:cret' };
const TENANT = '/org/repo';

/** Starts a server until the test ends; the URL of a repository of it. */
const SERVERS = {
  'the fake': async () =>
    (await new FakeChartMuseum({ tenant: TENANT, credentials: LOGIN }).listen()).repository,
  'the real one': async () => `${await startChartMuseum(LOGIN)}${TENANT}`,
};

const storeAt = (repository: string, credentials = LOGIN) =>
  new ChartMuseumStore(`chartmuseum+${repository}`, { credentials });

describe.each(['the fake', 'the real one'] as const)('%s', (kind) => {
  const isThere = kind === 'the fake' || hasChartMuseum;
  const start = SERVERS[kind];

  const helms = isThere && hasGpg ? (['helm-3', 'helm-4'] as const) : [];
  test.each(helms)('%s finds, pulls and verifies charts', async (name) => {
    const key = makeKey(`${name} of ${kind} <${name}@example.com>`);
    const keyring = join(temporaryFolder(), 'keyring.gpg');
    writeFileSync(keyring, gpg(['--export']));
    const repository = await start();
    const versions = ['1.0.0', '1.1.0+a.b', '2.0.0-rc.1'];
    const archives = await Promise.all(versions.map((version) => archiveOf('demo', version)));
    const signer = await createSigner({ key });
    await storeAt(repository).publish(await signArchives(archives, signer, silent), silent);
    await withHelm(name, console.log, async (helm) => {
      const login = ['--username', LOGIN.username, '--password', LOGIN.password];
      await succeed(helm, ['repo', 'add', 'ours', repository, ...login]);
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

  test.runIf(isThere)('three at once all succeed, and once more changes nothing', async () => {
    const repository = await start();
    const archives = await Promise.all(
      Array.from({ length: 10 }, async (_, i) => signed(await archiveOf('demo', `1.0.${i}+a`))),
    );
    const publish = () => storeAt(repository).publish(archives, silent);
    await Promise.all([publish(), publish(), publish()]);
    const plan = await publish();
    expect(plan).toMatchObject({ uploads: [], additions: [], provenance: [], warnings: [] });
    expect(plan.unchanged).toHaveLength(10);
  });

  test.runIf(isThere)('other bytes, and a login that is wrong, are refused', async () => {
    const repository = await start();
    await storeAt(repository).publish([await archiveOf()], silent);
    const other = [await archiveOf('demo', '1.0.0', 'b: 2\n')];
    expect(await failureOf(storeAt(repository).plan(other))).toMatchObject({
      code: 'VERSION_EXISTS',
    });
    const wrong = { ...LOGIN, password: 'wrong' };
    expect(await failureOf(storeAt(repository, wrong).plan(other))).toMatchObject({
      code: 'DENIED',
    });
  });
});
