import { readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { ChartArchive } from '../../generator/src/archive/archive.ts';
import { packChart } from '../../generator/src/archive/pack.ts';
import { type Helm, withHelm } from '../../generator/src/helm/helm.ts';
import { silent } from '../../generator/src/progress.ts';
import { createSigner, signArchives } from '../../generator/src/provenance/sign.ts';
import { OciStore } from '../../generator/src/repository/oci/oci-store.ts';
import { gpg, hasGpg, makeKey, useGpg } from '../support/gpg.ts';
import { startRegistry } from '../support/registry.ts';
import { useTools } from '../support/tools.ts';
import { archiveOf, chartYaml, writeChart } from '../unit/archive/fixture.ts';
import { temporaryFolder } from '../unit/fileset/fixture.ts';
import { readStored, readStoredBlob } from '../unit/repository/oci/fixture.ts';
import { succeed } from './client.ts';

useTools('helm-4', 'helm-3', 'registry');
useGpg();

const HELMS = ['helm-3', 'helm-4'] as const;
const SECONDS = 1_767_323_045;
const CREATED = 'org.opencontainers.image.created';
const ODD = `
description: |
  Ünïcödé <b>&amp;\u00A0\\u2028 "quoted"
  second\tline
type: application
home: https://example.com/?a=b&c=d
keywords: [b, a]
sources: [https://example.com/1, https://example.com/2]
maintainers: [{ name: Jö, email: jo@example.com }, { name: Two, url: "https://two.example" }]
appVersion: 3
kubeVersion: ">=1.20-0"
deprecated: true
annotations:
  org.opencontainers.image.title: not taken
  org.opencontainers.image.licenses: Apache-2.0
  b: "<y>\\n z"
  B: "1"
  ü: "2"
dependencies:
  - { name: sub, version: ">=1", repository: "https://example.com/?a&b", tags: [t], import-values: [a, { parent: p, child: c }], condition: sub.enabled }
`;

let registry: string;
beforeEach(async () => {
  registry = await startRegistry();
  vi.stubEnv('SOURCE_DATE_EPOCH', undefined);
  return () => vi.unstubAllEnvs();
});

/** An archive of a chart with all that Chart.yaml can hold. */
function oddChart(): Promise<ChartArchive> {
  return packChart(
    writeChart({
      'Chart.yaml': chartYaml('demo', '1.0.0-rc.1+build.2', ODD),
      'charts/sub/Chart.yaml': chartYaml('sub'),
    }),
  );
}

/** What YAML takes in no other way. */
const UNPRINTABLE = /[\x7F-\x9F\u2028\u2029\uFEFF\uFFFE\uFFFF]/g;
const escaped = (character: string) =>
  `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** Has Helm push an archive from a file of a certain age. */
async function pushWithHelm(helm: Helm, archive: ChartArchive, path: string): Promise<void> {
  const file = join(temporaryFolder(), archive.fileName);
  writeFileSync(file, archive.bytes);
  if (archive.provenance) writeFileSync(`${file}.prov`, archive.provenance);
  utimesSync(file, SECONDS, SECONDS);
  await succeed(helm, ['push', file, `oci://${registry}/${path}`, '--plain-http']);
}

function publish(archives: readonly ChartArchive[], path: string) {
  return new OciStore(`oci://${registry}/${path}`).publish(archives, silent);
}

describe.each(HELMS)('%s', (name) => {
  test('pushes the same manifest, but for its time', async () => {
    const archive = { ...(await oddChart()), provenance: Buffer.from('any text') };
    const tag = '1.0.0-rc.1_build.2';
    await withHelm(name, console.log, (helm) => pushWithHelm(helm, archive, 'helm'));
    await publish([archive], 'ours');
    vi.stubEnv('SOURCE_DATE_EPOCH', String(SECONDS));
    vi.stubEnv('TZ', 'UTC');
    await publish([archive], 'dated');
    const [theirs, ours, dated] = await Promise.all(
      ['helm', 'ours', 'dated'].map((path) => readStored(registry, `${path}/demo`, tag)),
    );
    expect(dated?.text).toBe(theirs?.text);
    expect(ours?.text).toBe(
      theirs?.text.replace(`"${CREATED}":"${theirs.annotations?.[CREATED] ?? ''}",`, ''),
    );
    expect(ours?.annotations?.[CREATED]).toBeUndefined();
    const config = await readStoredBlob(registry, 'ours/demo', ours?.config.digest ?? '');
    expect(config?.toString()).toContain('"name":"demo"');
  });

  test('what Helm has pushed is unchanged for us, and the other way round', async () => {
    const archive = await oddChart();
    await withHelm(name, console.log, async (helm) => {
      await pushWithHelm(helm, archive, 'charts');
      const before = await readStored(registry, 'charts/demo', '1.0.0-rc.1_build.2');
      const { unchanged, uploads } = await publish([archive], 'charts');
      expect([unchanged.length, uploads.length]).toEqual([1, 0]);
      expect(await readStored(registry, 'charts/demo', '1.0.0-rc.1_build.2')).toEqual(before);
    });
  });

  test('pulls, shows and renders what was published', async () => {
    const [odd, plain] = [await oddChart(), await archiveOf('plain', '2.0.0+x')];
    await publish([odd, plain], 'team/charts');
    await withHelm(name, console.log, async (helm) => {
      const folder = temporaryFolder();
      const url = `oci://${registry}/team/charts/demo`;
      const version = ['--version', odd.version, '--plain-http'];
      await succeed(helm, ['pull', url, ...version, '-d', folder]);
      expect(readFileSync(join(folder, odd.fileName)).equals(odd.bytes)).toBe(true);
      expect(await succeed(helm, ['show', 'chart', url, ...version])).toContain('kubeVersion');
      const newest = ['show', 'chart', `oci://${registry}/team/charts/plain`, '--plain-http'];
      expect(await succeed(helm, newest)).toContain('version: 2.0.0+x');
      const rendered = ['template', `oci://${registry}/team/charts/plain`, '--plain-http'];
      await succeed(helm, rendered);
    });
  });

  test.skipIf(!hasGpg)('verifies what was signed and published', async () => {
    const key = makeKey(`${name} <a@example.com>`);
    const archive = await oddChart();
    await publish(await signArchives([archive], await createSigner({ key }), silent), 'charts');
    const keyring = join(temporaryFolder(), 'keyring.gpg');
    writeFileSync(keyring, gpg(['--export']));
    await withHelm(name, console.log, async (helm) => {
      const pull = ['pull', `oci://${registry}/charts/demo`, '--version', archive.version];
      const verify = ['--verify', '--keyring', keyring, '--plain-http', '-d', temporaryFolder()];
      await succeed(helm, [...pull, ...verify]);
    });
  });

  test('any metadata becomes the config that Helm makes of it', async () => {
    const text = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 20 }),
      fc.constantFrom(
        'a\tb\nc',
        '\u2028x\u2029',
        '<&>',
        '\u007F\u0085\u00AD\u200B',
        '😀\u{10FFFF}',
      ),
    );
    const texts = fc.array(text, { maxLength: 3 });
    const chart = fc.record(
      {
        ...{ description: text, home: text, icon: text, keywords: texts, sources: texts },
        annotations: fc.dictionary(fc.string({ minLength: 1, maxLength: 5 }), text, { maxKeys: 4 }),
        maintainers: fc.array(fc.record({ name: text, email: text, url: text }), { maxLength: 2 }),
      },
      { requiredKeys: [] },
    );
    await withHelm(name, console.log, async (helm) => {
      for (const [i, metadata] of fc.sample(chart, { numRuns: 15, seed: 6 }).entries()) {
        const fields = { apiVersion: 'v2', name: 'demo', version: `1.0.${i}`, ...metadata };
        const yaml = JSON.stringify(fields).replaceAll(UNPRINTABLE, escaped);
        const archive = await packChart(writeChart({ 'Chart.yaml': yaml }));
        vi.stubEnv('SOURCE_DATE_EPOCH', String(SECONDS));
        await publish([archive], 'ours');
        await pushWithHelm(helm, archive, 'helm');
        const [ours, theirs] = await Promise.all(
          ['ours', 'helm'].map((path) => readStored(registry, `${path}/demo`, archive.version)),
        );
        expect(ours?.text, yaml).toBe(theirs?.text);
      }
    });
  });
});

test('a thousand versions of a chart', async () => {
  const archives = await Promise.all(
    Array.from({ length: 1000 }, (_, i) => archiveOf('demo', `1.0.${i}`, `a: ${i}\n`)),
  );
  const started = performance.now();
  await publish(archives, 'charts');
  const between = performance.now();
  const { unchanged } = await publish(archives, 'charts');
  console.log(
    `1000 versions: ${((between - started) / 1000).toFixed(1)} s, again ${((performance.now() - between) / 1000).toFixed(1)} s`,
  );
  expect(unchanged).toHaveLength(1000);
  await withHelm('helm-4', console.log, async (helm) => {
    const show = ['show', 'chart', `oci://${registry}/charts/demo`, '--plain-http'];
    expect(await succeed(helm, [...show, '--version', '~1.0.0'])).toContain('version: 1.0.999');
  });
});
