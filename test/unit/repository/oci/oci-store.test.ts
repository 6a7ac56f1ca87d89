import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { ChartArchive } from '../../../../generator/src/archive/archive.ts';
import { silent } from '../../../../generator/src/progress.ts';
import { OciStore } from '../../../../generator/src/repository/oci/oci-store.ts';
import { listenBefore, startRegistry } from '../../../support/registry.ts';
import { useTools } from '../../../support/tools.ts';
import { archiveOf } from '../../archive/fixture.ts';
import { failureOf } from '../../network/server.ts';
import { readStored, readStoredBlob } from './fixture.ts';

useTools('registry');

let registry: string;
beforeEach(async () => {
  registry = await startRegistry();
  vi.stubEnv('SOURCE_DATE_EPOCH', undefined);
  return () => vi.unstubAllEnvs();
});

const storeAt = (host: string, options = {}) => new OciStore(`oci://${host}/team/charts`, options);

async function signed(
  archive: Promise<ChartArchive>,
  provenance = 'signed',
): Promise<ChartArchive> {
  return { ...(await archive), provenance: Buffer.from(provenance) };
}

describe('publishing', () => {
  test('pushes charts and their provenance, and names nothing twice', async () => {
    const [one, two] = [await signed(archiveOf('one', '1.0.0+a.b')), await archiveOf('two')];
    const plan = await storeAt(registry).publish([one, two, two], silent);
    expect(plan.uploads.map(({ fileName }) => fileName)).toEqual([one.fileName, two.fileName]);
    expect(plan.additions.flatMap(({ urls }) => urls)).toEqual([
      `oci://${registry}/team/charts/one:1.0.0_a.b`,
      `oci://${registry}/team/charts/two:1.0.0`,
    ]);
    expect(plan.provenance).toEqual([`${one.fileName}.prov`]);
    const manifest = await readStored(registry, 'team/charts/one', '1.0.0_a.b');
    const digests = manifest?.layers.map(({ digest }) => digest) ?? [];
    expect(digests).toEqual(digests.toSorted());
    expect(digests).toContain(`sha256:${one.digest}`);
    const blobs = await Promise.all(
      digests.map((digest) => readStoredBlob(registry, 'team/charts/one', digest)),
    );
    expect(blobs).toContainEqual(Buffer.from('signed'));
    expect(blobs).toContainEqual(Buffer.from(one.bytes));
    expect(await readStored(registry, 'team/charts/two', '1.0.0')).toBeDefined();
  });

  test('a plan writes nothing', async () => {
    const plan = await storeAt(registry).plan([await archiveOf()]);
    expect(plan.uploads).toHaveLength(1);
    expect(await readStored(registry, 'team/charts/demo', '1.0.0')).toBeUndefined();
  });

  test('the same manifest comes of the same chart, at any time', async () => {
    const archive = await archiveOf();
    await storeAt(registry).publish([archive], silent);
    const other = await startRegistry();
    vi.useFakeTimers({ toFake: ['Date'], now: 0 });
    await storeAt(other)
      .publish([archive], silent)
      .finally(() => vi.useRealTimers());
    const [first, second] = await Promise.all(
      [registry, other].map((host) => readStored(host, 'team/charts/demo', '1.0.0')),
    );
    expect(first?.text).toBe(second?.text);
    expect(first?.annotations).toEqual({
      'org.opencontainers.image.title': 'demo',
      'org.opencontainers.image.version': '1.0.0',
    });
  });

  test('the same again changes nothing', async () => {
    const plain = await archiveOf();
    await storeAt(registry).publish([plain, await signed(archiveOf('two'))], silent);
    const before = await readStored(registry, 'team/charts/two', '1.0.0');
    const { requests, url } = await listenBefore(registry, (_, __, forward) => forward());
    const again = [plain, await signed(archiveOf('two'), 'signed again')];
    const plan = await storeAt(url.host).publish(again, silent);
    expect(plan).toMatchObject({ uploads: [], additions: [], provenance: [], warnings: [] });
    expect(plan.unchanged).toHaveLength(2);
    expect(requests.map(({ method }) => method)).toEqual(['GET', 'GET']);
    expect(await readStored(registry, 'team/charts/two', '1.0.0')).toEqual(before);
  });

  test('a tag does not move for a provenance file that comes later', async () => {
    await storeAt(registry).publish([await archiveOf()], silent);
    const before = await readStored(registry, 'team/charts/demo', '1.0.0');
    const plan = await storeAt(registry).publish([await signed(archiveOf())], silent);
    expect(plan.warnings).toEqual([
      {
        message: 'demo 1.0.0 is published without provenance and stays so',
        file: 'demo-1.0.0.tgz',
      },
    ]);
    expect(await readStored(registry, 'team/charts/demo', '1.0.0')).toEqual(before);
  });

  test('a version with other bytes stops everything, and both digests are named', async () => {
    const [before, after] = [await archiveOf(), await archiveOf('demo', '1.0.0', 'b: 2\n')];
    await storeAt(registry).publish([before], silent);
    const others = [await archiveOf('other'), after];
    const error = await failureOf(storeAt(registry).publish(others, silent));
    expect(error).toMatchObject({ code: 'VERSION_EXISTS' });
    expect(error.problems.map(({ message }) => message)).toEqual([
      `demo 1.0.0 is sha256:${after.digest}, the registry has it as sha256:${before.digest}`,
    ]);
    expect(await readStored(registry, 'team/charts/other', '1.0.0')).toBeUndefined();
  });

  test('a tag of something that is no chart is not taken over', async () => {
    const put = await fetch(`http://${registry}/v2/team/charts/demo/manifests/1.0.0`, {
      method: 'PUT',
      headers: { 'content-type': 'application/vnd.oci.image.index.v1+json' },
      body: '{"schemaVersion":2,"manifests":[]}',
    });
    expect(put.status).toBe(201);
    const error = await failureOf(storeAt(registry).publish([await archiveOf()], silent));
    expect(error).toMatchObject({ code: 'VERSION_EXISTS' });
    expect(error.problems[0]?.message).toContain('its tag names what is no chart, known there as');
  });

  test.each([
    ['Demo', '1.0.0', 'its name "Demo"'],
    ['a--.b', '1.0.0', 'its name "a--.b"'],
    ['demo', `1.0.0-${'a'.repeat(130)}`, 'its version 1.0.0-a'],
  ])('refuses %s %s before anything is asked', async (name, version, message) => {
    const { requests, url } = await listenBefore(registry, (_, __, forward) => forward());
    const error = await failureOf(storeAt(url.host).plan([await archiveOf(name, version)]));
    expect(error).toMatchObject({ code: 'CHART_INVALID' });
    expect(error.message).toContain(message);
    expect(requests).toEqual([]);
  });
});

test('says on Artifact Hub whose the charts are, once', async () => {
  const artifactHub = Buffer.from('repositoryID: 1\n');
  const { requests, url } = await listenBefore(registry, (_, __, forward) => forward());
  const store = storeAt(url.host, { artifactHub });
  await store.publish([await archiveOf(), await archiveOf('demo', '2.0.0')], silent);
  const manifest = await readStored(registry, 'team/charts/demo', 'artifacthub.io');
  expect(manifest?.config.mediaType).toBe('application/vnd.cncf.artifacthub.config.v1+yaml');
  const [layer] = manifest?.layers ?? [];
  expect(layer?.mediaType).toBe(
    'application/vnd.cncf.artifacthub.repository-metadata.layer.v1.yaml',
  );
  expect(await readStoredBlob(registry, 'team/charts/demo', layer?.digest ?? '')).toEqual(
    artifactHub,
  );
  requests.length = 0;
  await store.publish([await archiveOf()], silent);
  expect(requests.map(({ method }) => method)).toEqual(['GET', 'GET']);
  await storeAt(registry, { artifactHub: Buffer.from('repositoryID: 2\n') }).publish([], silent);
  expect(await readStored(registry, 'team/charts/demo', 'artifacthub.io')).toEqual(manifest);
});

describe('two at once', () => {
  test('with the same charts both succeed', async () => {
    const archives = await Promise.all(
      Array.from({ length: 10 }, (_, i) => archiveOf('demo', `1.0.${i}`)),
    );
    const plans = await Promise.all(
      [0, 1, 2].map(() => storeAt(registry).publish(archives, silent)),
    );
    expect(plans).toHaveLength(3);
    for (const { version, digest } of archives) {
      const manifest = await readStored(registry, 'team/charts/demo', version);
      expect(manifest?.layers.map((layer) => layer.digest)).toEqual([`sha256:${digest}`]);
    }
  });

  test.each([
    ['before the tag is written', 'GET', 2],
    ['after it was written', 'GET', 3],
  ])('what another pushes %s is found out', async (_, method, at) => {
    const [ours, theirs] = [await archiveOf(), await archiveOf('demo', '1.0.0', 'b: 2\n')];
    const isManifest = (url = '') => url.includes('/manifests/');
    const { requests, url } = await listenBefore(registry, async (request, __, forward) => {
      const same = requests.filter((other) => other.method === method && isManifest(other.url));
      if (same.length === at && request === same.at(-1)) await force(registry, theirs);
      await forward();
    });
    const error = await failureOf(storeAt(url.host).publish([ours], silent));
    expect(error).toMatchObject({ code: 'VERSION_EXISTS' });
    expect(error.message).toContain(`sha256:${ours.digest}, the registry has it as`);
    expect(error.message).toContain(`sha256:${theirs.digest}`);
  });

  test('where tags never change, being second with the same bytes is fine', async () => {
    const archive = await archiveOf();
    const { url } = await listenBefore(
      registry,
      async ({ method, url: path }, response, forward) => {
        if (method !== 'PUT' || !path?.includes('/manifests/')) return forward();
        await storeAt(registry).publish([archive], silent);
        return response.writeHead(409).end('{"errors":[{"code":"TAG_EXISTS"}]}');
      },
    );
    const plan = await storeAt(url.host).publish([archive], silent);
    expect(plan.uploads).toHaveLength(1);
  });
});

/** Pushes over what is there, as Helm does. */
async function force(host: string, archive: ChartArchive): Promise<void> {
  const scratch = 'scratch/charts';
  await new OciStore(`oci://${host}/${scratch}`).publish([archive], silent);
  const manifest = await readStored(host, `${scratch}/demo`, archive.version);
  if (!manifest) throw new Error('nothing was pushed');
  for (const { digest } of [manifest.config, ...manifest.layers]) {
    const body = await readStoredBlob(host, `${scratch}/demo`, digest);
    await fetch(`http://${host}/v2/team/charts/demo/blobs/uploads/?digest=${digest}`, {
      method: 'POST',
      body: body ?? '',
    });
  }
  const put = await fetch(`http://${host}/v2/team/charts/demo/manifests/${archive.version}`, {
    method: 'PUT',
    headers: { 'content-type': 'application/vnd.oci.image.manifest.v1+json' },
    body: manifest.text,
  });
  expect(put.status).toBe(201);
}
