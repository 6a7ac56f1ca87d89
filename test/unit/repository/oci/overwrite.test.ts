import { beforeEach, expect, test, vi } from 'vitest';
import type { ChartArchive } from '../../../../generator/src/archive/archive.ts';
import { silent } from '../../../../generator/src/progress.ts';
import { OciStore } from '../../../../generator/src/repository/oci/oci-store.ts';
import { listenBefore, startRegistry } from '../../../support/registry.ts';
import { useTools } from '../../../support/tools.ts';
import { archiveOf } from '../../archive/fixture.ts';
import { failureOf } from '../../network/server.ts';
import { readStored, type StoredManifest } from './fixture.ts';

useTools('registry');

let registry: string;
let before: ChartArchive;
let after: ChartArchive;
beforeEach(async () => {
  registry = await startRegistry();
  vi.stubEnv('SOURCE_DATE_EPOCH', undefined);
  [before, after] = [await archiveOf(), await archiveOf('demo', '1.0.0', 'b: 2\n')];
  return () => vi.unstubAllEnvs();
});

const publish = (archives: ChartArchive[], options = {}, host = registry, progress = silent) =>
  new OciStore(`oci://${host}/charts`, options).publish(archives, progress);

async function stored(reference = '1.0.0'): Promise<StoredManifest> {
  const manifest = await readStored(registry, 'charts/demo', reference);
  return manifest ?? expect.fail(`there is no ${reference}`);
}

const layersOf = ({ layers }: StoredManifest) => layers.map(({ digest }) => digest);
const signed = (archive: ChartArchive) => ({ ...archive, provenance: Buffer.from('signed') });

const OVERWRITE = { allowOverwrite: true };

test('the tag names the new chart, the old manifest stays, and that is said', async () => {
  await publish([before]);
  const old = await stored();
  const archives = [after, await archiveOf('other')];
  const planned = await new OciStore(`oci://${registry}/charts`, OVERWRITE).plan(archives);
  expect(await stored()).toEqual(old);
  const said: string[] = [];
  const plan = await publish(archives, OVERWRITE, registry, (line) => said.push(line));
  expect(plan).toEqual(planned);
  const { name, version, fileName, digest, size } = after;
  expect(plan).toMatchObject({
    uploads: [{ name: 'demo' }, { name: 'other' }],
    additions: [{ name: 'other' }],
    overwrites: [
      { name, version, fileName, digest, size, replaces: before.digest, losesProvenance: false },
    ],
    unchanged: [],
    warnings: [{ file: fileName, hint: expect.stringContaining('gets other bytes') as string }],
  });
  expect(plan.warnings[0]?.message).toContain(`oci://${registry}/charts/demo@${old.digest} until`);
  expect(said).toContain(
    `overwriting oci://${registry}/charts/demo:1.0.0: who pulls it gets other bytes from now on`,
  );
  expect(layersOf(await stored())).toEqual([`sha256:${after.digest}`]);
  expect(await stored(old.digest)).toEqual(old);
});

test('the same again changes nothing, and without leave nothing is overwritten', async () => {
  await publish([before]);
  await publish([after], OVERWRITE);
  const { text } = await stored();
  expect(await publish([after], OVERWRITE)).toMatchObject({
    ...{ uploads: [], overwrites: [], warnings: [], unchanged: [{ name: 'demo' }] },
  });
  expect(await failureOf(publish([before]))).toMatchObject({ code: 'VERSION_EXISTS' });
  expect((await stored()).text).toBe(text);
});

test('provenance of the old bytes goes with them', async () => {
  await publish([signed(before)]);
  const plan = await publish([after], OVERWRITE);
  expect(plan).toMatchObject({ overwrites: [{ losesProvenance: true }], provenance: [] });
  expect(layersOf(await stored())).toEqual([`sha256:${after.digest}`]);
  const again = await publish([signed(before)], OVERWRITE);
  expect(again).toMatchObject({
    ...{ overwrites: [{ losesProvenance: false }], provenance: ['demo-1.0.0.tgz.prov'] },
  });
  expect((await stored()).layers).toHaveLength(2);
});

test('what is no chart is not overwritten', async () => {
  const put = await fetch(`http://${registry}/v2/charts/demo/manifests/1.0.0`, {
    method: 'PUT',
    headers: { 'content-type': 'application/vnd.oci.image.index.v1+json' },
    body: '{"schemaVersion":2,"manifests":[]}',
  });
  expect(put.status).toBe(201);
  const error = await failureOf(publish([after], OVERWRITE));
  expect(error).toMatchObject({ code: 'VERSION_EXISTS' });
  expect(error.problems[0]?.message).toContain('its tag names what is no chart');
});

test('only what was planned is overwritten, not what another has pushed since', async () => {
  const theirs = await archiveOf('demo', '1.0.0', 'c: 3\n');
  await publish([before]);
  let isPushed = false;
  const { url } = await listenBefore(registry, async ({ method }, _, forward) => {
    if (method === 'POST' && !isPushed) {
      isPushed = true;
      await publish([theirs], OVERWRITE);
    }
    await forward();
  });
  const error = await failureOf(publish([after], OVERWRITE, url.host));
  expect(error).toMatchObject({ code: 'VERSION_EXISTS' });
  expect(error.message).toContain(`as sha256:${theirs.digest}`);
  expect(layersOf(await stored())).toEqual([`sha256:${theirs.digest}`]);
});

test('a registry whose tags stay as they are is told of by its own words', async () => {
  await publish([before]);
  const { url } = await listenBefore(registry, ({ method, url: path }, response, forward) =>
    method === 'PUT' && path?.includes('/manifests/') === true
      ? response.writeHead(409).end('{"errors":[{"code":"TAG_IMMUTABLE"}]}')
      : forward(),
  );
  const error = await failureOf(publish([after], OVERWRITE, url.host));
  expect(error.message).toContain('TAG_IMMUTABLE');
  expect(layersOf(await stored())).toEqual([`sha256:${before.digest}`]);
});
