import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Helm, runHelm, withHelm } from '../../generator/src/helm/helm.ts';
import type { Json } from '../../generator/src/model/types.ts';
import { readIndex } from '../../generator/src/repository/index-file/document.ts';
import { editIndex } from '../../generator/src/repository/index-file/edit.ts';
import type { CheckedIndex } from '../../generator/src/repository/index-file/types.ts';
import { useTools } from '../support/tools.ts';
import { entry, indexOf, ODD_TEXTS, publicIndexes } from '../unit/repository/fixture.ts';

useTools('helm-4', 'helm-3');

interface Found {
  name: string;
  version: string;
  app_version: string;
  description: string;
}

/** What Helm finds in an index that it has in its cache; undefined where it refuses the file. */
async function search(
  { path, environment }: Helm,
  bytes: Uint8Array,
): Promise<Found[] | undefined> {
  const { HELM_CACHE_HOME: cache = '', HELM_CONFIG_HOME: config = '' } = environment;
  await mkdir(join(cache, 'repository'), { recursive: true });
  await mkdir(config, { recursive: true });
  await writeFile(join(cache, 'repository', 'ours-index.yaml'), bytes);
  const repositories = {
    apiVersion: '',
    repositories: [{ name: 'ours', url: 'http://127.0.0.1:1' }],
  };
  await writeFile(join(config, 'repositories.yaml'), JSON.stringify(repositories));
  const args = ['search', 'repo', '--versions', '--devel', '-o', 'json'];
  const { stdout, stderr } = await runHelm({ path, environment }, args);
  return stderr.includes('corrupt or missing') ? undefined : (JSON.parse(stdout) as Found[]);
}

/** As Helm shows a text: on one line, without what cannot be printed. */
function shown(text: Json | undefined): string {
  return (typeof text === 'string' ? text : '')
    .replaceAll(/\p{White_Space}/gu, ' ')
    .replaceAll(/\p{C}/gu, '');
}

/** What Helm should find, by chart and version: one of the entries of that version. */
function expectedIn({ document, problems }: CheckedIndex): Map<string, string[]> {
  const skipped = new Set(
    problems
      .filter(({ message }) => message.includes('Helm passes over'))
      .map(({ chart, position }) => `${chart ?? ''} ${position ?? ''}`),
  );
  const expected = new Map<string, string[]>();
  for (const [chart, entries] of document.charts)
    for (const { position, version, data } of entries) {
      if (skipped.has(`${chart} ${position}`)) continue;
      const { appVersion, description } = data as Record<string, Json>;
      const key = `ours/${chart} ${version ?? ''}`;
      const row = JSON.stringify([shown(appVersion), shown(description)]);
      expected.set(key, [...(expected.get(key) ?? []), row]);
    }
  return expected;
}

function expectSame(found: readonly Found[] | undefined, checked: CheckedIndex): void {
  const expected = expectedIn(checked);
  const rows = (found ?? []).map(
    ({ name, version, app_version: appVersion, description }) =>
      [`${name} ${version}`, JSON.stringify([appVersion, description])] as const,
  );
  expect(rows.map(([key]) => key).toSorted()).toEqual([...expected.keys()].toSorted());
  expect(rows.filter(([key, row]) => expected.get(key)?.includes(row) !== true)).toEqual([]);
}

const INDEXES = [...publicIndexes()].filter(([name]) => !name.includes('unversioned'));

describe.each(['helm-3', 'helm-4'] as const)('%s', (name) => {
  test.skipIf(INDEXES.length === 0)(
    'sees in public indexes what we see, also after an edit',
    async () => {
      await withHelm(name, console.log, async (helm) => {
        for (const [file, bytes] of INDEXES) {
          const before = readIndex(bytes, file);
          const found = await search(helm, bytes);
          expect(found?.length, file).toBeGreaterThan(0);
          expectSame(found, before);
          const [chart = ''] = before.document.charts.keys();
          const edits = [chart, 'brand-new'].map(
            (key) => ({ kind: 'add', chart: key, entry: entry(key, '99999.1.0') }) as const,
          );
          const after = editIndex(before.document, edits);
          const again = await search(helm, after);
          expect(again).toHaveLength((found?.length ?? 0) + 2);
          expectSame(again, readIndex(after, file));
        }
      });
    },
  );

  test('reads each text that we write as the text it is', async () => {
    const texts = ODD_TEXTS.filter((text) => text.length < 100);
    const charts = texts.map((text, index): [string, Json[]] => {
      const chart = `chart-${index}`;
      return [
        chart,
        [
          entry(chart, '1.0.0', {
            appVersion: text,
            description: text,
            annotations: { [`a${text}`]: text },
          }),
        ],
      ];
    });
    const { bytes } = indexOf(Object.fromEntries(charts));
    await withHelm(name, console.log, async (helm) => {
      const found = await search(helm, bytes);
      const byChart = new Map(found?.map((item) => [item.name, item]));
      for (const [index, text] of texts.entries()) {
        const read = byChart.get(`ours/chart-${index}`);
        const stored = shown(Buffer.from(text).toString());
        expect([read?.app_version, read?.description], JSON.stringify(text)).toEqual([
          stored,
          stored,
        ]);
      }
    });
  });

  test.each<[effect: 'refused' | 'passed over' | 'found', fields: Record<string, Json>]>([
    ['found', { created: '2016-10-06T16:23:20.499-06:00', removed: true, engine: 'gotpl' }],
    ['refused', { colour: 'red' }],
    ['refused', { created: '2026' }],
    ['refused', { created: '' }],
    ['refused', { created: '2026-01-01 00:00:00Z' }],
    ['found', { created: null, home: null, dependencies: null }],
    ['refused', { deprecated: 'true' }],
    ['refused', { keywords: 'a' }],
    ['refused', { home: ['a'] }],
    ['refused', { annotations: { a: { b: 'c' } } }],
    ['refused', { annotations: ['a'] }],
    ['refused', { annotations: { a: true } }],
    ['refused', { annotations: { a: 1 } }],
    ['found', { annotations: { a: null } }],
    ['refused', { home: true }],
    ['refused', { home: 1 }],
    ['refused', { keywords: [true] }],
    ['refused', { keywords: [1] }],
    ['refused', { maintainers: [{ name: true }] }],
    ['refused', { dependencies: [{ name: 'a', repository: '', version: 1.5 }] }],
    ['refused', { maintainers: [{ mail: 'a' }] }],
    ['passed over', { maintainers: [null] }],
    ['passed over', { dependencies: [null] }],
    ['passed over', { dependencies: [{ name: 'a', repository: '', alias: 'a b' }] }],
    ['refused', { dependencies: [{ name: 'a', repository: '', enabled: 'true' }] }],
    [
      'found',
      {
        dependencies: [
          { name: 'a', repository: '' },
          { name: 'a', repository: '' },
        ],
      },
    ],
    [
      'found',
      { dependencies: [{ name: 'a', repository: '', 'import-values': [{ a: { b: 'c' } }] }] },
    ],
    ['passed over', { type: 'app' }],
    ['passed over', { version: 'latest' }],
    ['passed over', { version: '' }],
    ['passed over', { version: null }],
    ['found', { version: 'v1.2' }],
    ['found', { version: '1.02.0' }],
    ['passed over', { version: '1.2.3.4' }],
    ['passed over', { version: '1.0.0-01' }],
    ['passed over', { name: 'a/b' }],
    ['passed over', { name: '..' }],
    ['passed over', { name: '' }],
    ['found', { name: 'other' }],
    ['found', { urls: [] }],
    ['found', { digest: 'abc' }],
  ])('what is said of an entry is what happens: %s %j', async (effect, fields) => {
    const checked = readIndex(
      indexOf({ demo: [entry('demo', '1.0.0', fields)], good: [entry('good', '1.0.0')] }).bytes,
      'i.yaml',
    );
    const messages = checked.problems.map(({ message }) => message).join('\n');
    const said = messages.includes('refuses')
      ? 'refused'
      : messages.includes('passes over')
        ? 'passed over'
        : 'found';
    await withHelm(name, console.log, async (helm) => {
      const found = (await search(helm, checked.document.bytes))?.map((chart) => chart.name);
      const done =
        found?.includes('ours/good') !== true
          ? 'refused'
          : found.length > 1
            ? 'found'
            : 'passed over';
      expect([done, said]).toEqual([effect, effect]);
    });
  });
});
