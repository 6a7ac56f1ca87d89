import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import type { ChartArchive } from '../../../../generator/src/archive/archive.ts';
import { silent } from '../../../../generator/src/progress.ts';
import { OciStore } from '../../../../generator/src/repository/oci/oci-store.ts';
import { readSboms, type Sbom } from '../../../../generator/src/repository/oci/sbom.ts';
import { listenBefore, listenWithReferrers, startRegistry } from '../../../support/registry.ts';
import { useTools } from '../../../support/tools.ts';
import { archiveOf } from '../../archive/fixture.ts';
import { temporaryFolder, write } from '../../fileset/fixture.ts';
import { failureOf } from '../../network/server.ts';
import { readStored, readStoredBlob } from './fixture.ts';

useTools('registry');

const SPDX = '{"spdxVersion":"SPDX-2.3"}';
const CYCLONEDX = '{"bomFormat":"CycloneDX"}';

let folder: string;
let archive: ChartArchive;
beforeEach(async () => {
  folder = temporaryFolder();
  archive = await archiveOf();
});

describe('reading', () => {
  test('takes the files that are named after an archive', async () => {
    const other = await archiveOf('other');
    write(join(folder, 'demo-1.0.0.tgz.spdx.json'), SPDX);
    write(join(folder, 'demo-1.0.0.tgz.cdx.json'), CYCLONEDX);
    write(join(folder, 'other-1.0.0.tgz.spdx.json'), '{"@context":"https://spdx.org/3"}');
    write(join(folder, 'third-1.0.0.tgz.spdx.json'), SPDX);
    const sboms = await readSboms(folder, [archive, other]);
    const named = [...sboms].map(([file, list]) => [file, list.map(({ fileName }) => fileName)]);
    expect(named).toEqual([
      ['demo-1.0.0.tgz', ['demo-1.0.0.tgz.spdx.json', 'demo-1.0.0.tgz.cdx.json']],
      ['other-1.0.0.tgz', ['other-1.0.0.tgz.spdx.json']],
    ]);
    expect(sboms.get('demo-1.0.0.tgz')).toMatchObject([
      { mediaType: 'application/spdx+json', bytes: Buffer.from(SPDX) },
      { mediaType: 'application/vnd.cyclonedx+json', bytes: Buffer.from(CYCLONEDX) },
    ]);
  });

  test('an archive without one is told', async () => {
    const error = await failureOf(readSboms(folder, [archive]));
    expect(error).toMatchObject({
      code: 'USAGE',
      message: `${folder} has no SBOM of demo-1.0.0.tgz`,
    });
    expect(error.next).toContain('demo-1.0.0.tgz.spdx.json or demo-1.0.0.tgz.cdx.json');
  });

  test.each([
    ['spdx', 'text'],
    ['spdx', '[]'],
    ['spdx', CYCLONEDX],
    ['cdx', SPDX],
    ['cdx', '{"bomFormat":1}'],
  ])('a .%s.json that is %s is refused', async (format, content) => {
    write(join(folder, `demo-1.0.0.tgz.${format}.json`), content);
    const error = await failureOf(readSboms(folder, [archive]));
    expect(error).toMatchObject({ code: 'USAGE' });
    expect(error.message).toContain(`demo-1.0.0.tgz.${format}.json is no JSON of`);
  });
});

describe('attaching', () => {
  const sbomOf = (content = SPDX): Sbom => ({
    fileName: 'demo-1.0.0.tgz.spdx.json',
    mediaType: 'application/spdx+json',
    bytes: Buffer.from(content),
  });
  const storeAt = (host: string, ...sboms: Sbom[]) =>
    new OciStore(`oci://${host}/charts`, { sboms: new Map([[archive.fileName, sboms]]) });
  const tagged = async () =>
    (await readStored(registry, 'charts/demo', '1.0.0'))?.digest ?? expect.fail();
  const listed = async (host: string, digest: string) => {
    const list = await readStored(host, 'charts/demo', digest.replace(':', '-'));
    return list?.manifests?.map((referrer) => referrer.digest) ?? [];
  };

  let registry: string;
  beforeEach(async () => {
    registry = await startRegistry();
  });

  test('an SBOM goes to the manifest of its chart, which stays as Helm knows it', async () => {
    await storeAt(registry).publish([archive], silent);
    const before = await readStored(registry, 'charts/demo', '1.0.0');
    const said: string[] = [];
    const store = storeAt(registry, sbomOf());
    expect(await store.plan([archive])).toMatchObject({
      ...{ uploads: [], unchanged: [{ name: 'demo' }], sboms: ['demo-1.0.0.tgz.spdx.json'] },
    });
    const plan = await store.publish([archive, archive], (line) => said.push(line));
    expect(plan.sboms).toEqual(['demo-1.0.0.tgz.spdx.json']);
    expect(said).toEqual([
      `attaching demo-1.0.0.tgz.spdx.json to oci://${registry}/charts/demo:1.0.0`,
    ]);
    expect(await readStored(registry, 'charts/demo', '1.0.0')).toEqual(before);
    const [digest = ''] = await listed(registry, before?.digest ?? '');
    const attached = await readStored(registry, 'charts/demo', digest);
    expect(JSON.parse(attached?.text ?? '')).toMatchObject({
      artifactType: 'application/spdx+json',
      subject: { digest: before?.digest },
      layers: [{ annotations: { 'org.opencontainers.image.title': 'demo-1.0.0.tgz.spdx.json' } }],
    });
    const [layer] = attached?.layers ?? [];
    expect(await readStoredBlob(registry, 'charts/demo', layer?.digest ?? '')).toEqual(
      Buffer.from(SPDX),
    );
  });

  test('the same again changes nothing', async () => {
    await storeAt(registry, sbomOf()).publish([archive], silent);
    const { url, requests } = await listenBefore(registry, (_, __, forward) => forward());
    const plan = await storeAt(url.host, sbomOf()).publish([archive], silent);
    expect(plan).toMatchObject({ sboms: [], warnings: [] });
    expect(requests.map(({ method }) => method)).toEqual(['GET', 'GET', 'GET']);
  });

  test('another SBOM of the same format stays, and one of another format comes beside it', async () => {
    await storeAt(registry, sbomOf()).publish([archive], silent);
    const later = sbomOf('{"spdxVersion":"SPDX-2.3","created":"later"}');
    const other = { ...sbomOf(CYCLONEDX), mediaType: 'application/vnd.cyclonedx+json' };
    const plan = await storeAt(registry, later, { ...other, fileName: 'x.cdx.json' }).publish(
      [archive],
      silent,
    );
    expect(plan).toMatchObject({
      sboms: ['x.cdx.json'],
      warnings: [
        {
          message: 'another SBOM of application/spdx+json is attached already, and stays',
          file: 'demo-1.0.0.tgz.spdx.json',
        },
      ],
    });
    expect(await listed(registry, await tagged())).toHaveLength(2);
  });

  test('a registry that lists what is attached needs no tag for it', async () => {
    const { url } = await listenWithReferrers(registry);
    await storeAt(url.host, sbomOf()).publish([archive], silent);
    expect((await storeAt(url.host, sbomOf()).plan([archive])).sboms).toEqual([]);
    expect(await listed(registry, await tagged())).toEqual([]);
  });

  test('of a chart that is pushed anew it goes to what the tag then names', async () => {
    const old = await archiveOf('demo', '1.0.0', 'b: 2\n');
    await storeAt(registry, sbomOf()).publish([old], silent);
    const sboms = new Map([[archive.fileName, [sbomOf()]]]);
    const options = { sboms, allowOverwrite: true };
    const plan = await new OciStore(`oci://${registry}/charts`, options).publish([archive], silent);
    expect(plan.sboms).toHaveLength(1);
    expect(await listed(registry, await tagged())).toHaveLength(1);
  });
});
