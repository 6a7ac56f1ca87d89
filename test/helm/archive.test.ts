import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { unpackTar } from 'modern-tar';
import { expect, test } from 'vitest';
import { packChart } from '../../generator/src/archive/pack.ts';
import { type Helm, renderChart, runHelm, withHelm } from '../../generator/src/helm/helm.ts';
import { useTools } from '../support/tools.ts';
import { chartYaml, type Texts, writeChart } from '../unit/archive/fixture.ts';
import { temporaryFolder, write } from '../unit/fileset/fixture.ts';
import { dependsOn, HELMS, SUBCHART } from './archive-fixture.ts';
import { CHARTS } from './support.ts';

useTools('helm-4', 'helm-3');

/** Path → content, without Chart.yaml, which Helm writes anew, and byte order marks, which it drops. */
async function contentsOf(archive: Uint8Array): Promise<Map<string, string>> {
  const entries = await unpackTar(gunzipSync(archive));
  const contents = entries.map(
    ({ header, data }) =>
      [
        header.name,
        Buffer.from(data ?? [])
          .toString('utf8')
          .replace(/^\uFEFF/, ''),
      ] as const,
  );
  return new Map(contents.filter(([name]) => !name.endsWith('/Chart.yaml')));
}

async function helmPackage(helm: Helm, chart: string): Promise<Uint8Array | undefined> {
  const folder = join(chart, '..', 'packed');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  const { exitCode } = await runHelm(helm, ['package', chart, '-d', folder]);
  const [file] = readdirSync(folder);
  return exitCode === 0 && file !== undefined ? readFileSync(join(folder, file)) : undefined;
}

const RULE = fc
  .tuple(
    fc.constantFrom('', '', '', '!', '/', '#', ' ', '\uFEFF', '\u0085'),
    fc.array(
      fc.constantFrom(
        'a',
        'b',
        'ü',
        '.',
        '*',
        '?',
        '/',
        '[ab]',
        '[^a]',
        '[b-a]',
        '[a-',
        '\\',
        '*.txt',
        'files',
        'templates',
        '**',
      ),
      { minLength: 1, maxLength: 4 },
    ),
    fc.constantFrom('', '', '/', ' ', '\r'),
  )
  .map(([start, parts, end]) => start + parts.join('') + end);

test.each(HELMS)('.helmignore leaves out what %s leaves out', async (name) => {
  const chart = writeChart({
    ...Object.fromEntries(
      [
        'a',
        'b',
        'a.txt',
        'b.txt',
        'ab',
        'files/a',
        'files/b.txt',
        'files/sub/a.txt',
        'files/sub/b',
        '.a',
        'ü',
        'files/ü.txt',
      ].map((path) => [path, path]),
    ),
    ...{
      'templates/a.yaml': 'a: 1',
      'templates/.hidden': 'x',
      'templates/sub/.b': 'b: 1',
      'values.yaml': '',
    },
  });
  await withHelm(name, console.log, async (helm) => {
    let packed = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(RULE, { maxLength: 3 }), async (rules) => {
        writeFileSync(join(chart, '.helmignore'), rules.join('\n'));
        const ours = await packChart(chart).catch((error: unknown) => {
          expect(error).toMatchObject({ code: 'CHART_INVALID' });
        });
        // Helm overlooks some malformed rules that we refuse, never the other way round.
        if (!ours) return;
        const theirs = await helmPackage(helm, chart);
        expect(await contentsOf(ours.bytes)).toEqual(theirs && (await contentsOf(theirs)));
        packed += 1;
      }),
      { numRuns: 80 },
    );
    expect(packed).toBeGreaterThan(15);
  });
});

test.each(CHARTS)('an archive holds what Helm would put in it: %s', async (chart) => {
  const { bytes } = await packChart(chart);
  const copy = join(temporaryFolder(), 'archive.tgz');
  writeFileSync(copy, bytes);
  for (const name of HELMS)
    await withHelm(name, console.log, async (helm) => {
      const folder = temporaryFolder();
      await runHelm(helm, ['package', chart, '-d', folder]);
      const [file = ''] = readdirSync(folder);
      expect(await contentsOf(bytes)).toEqual(await contentsOf(readFileSync(join(folder, file))));
      const fromArchive = await renderChart(helm, copy);
      expect(fromArchive.ok).toBe(true);
      expect(fromArchive).toEqual(await renderChart(helm, chart));
    });
});

test.each<[string, Texts]>([
  ['a file in charts/ that is no chart', { 'charts/README.md': 'x' }],
  ['a folder in charts/ that is no chart', { 'charts/a/values.yaml': 'x: 1' }],
  ['a subchart with a broken Chart.yaml', { 'charts/a/Chart.yaml': 'name: [' }],
  ['a subchart with broken values', { ...SUBCHART, 'charts/open/values.yaml': 'a: [' }],
  ['values that are no YAML', { 'values.yaml': 'a: [' }],
  ['values that are a list', { 'values.yaml': '- a\n' }],
  ['a schema that is no JSON', { 'values.schema.json': '{' }],
  ['a lock that is no YAML', { 'Chart.lock': 'a: [' }],
  ['a dependency that is not there', { 'Chart.yaml': dependsOn('absent') }],
])('%s is refused, by Helm too', async (_, files) => {
  const chart = writeChart(files);
  await expect(packChart(chart)).rejects.toMatchObject({
    code: expect.stringMatching(/^(?:CHART|DEPENDENCIES)_INVALID$/) as unknown,
  });
  for (const name of HELMS)
    await withHelm(name, console.log, async (helm) => {
      expect(await helmPackage(helm, chart)).toBeUndefined();
    });
});

test.each([
  ['a name with a slash', chartYaml('a/b')],
  ['a version that is none', chartYaml('demo', 'latest')],
  ['a type that is none', chartYaml('demo', '1.0.0', 'type: lib')],
  ['an alias that is none', chartYaml('demo', '1.0.0', 'dependencies: [{ name: a, alias: a b }]')],
  ['keywords that are no list', chartYaml('demo', '1.0.0', 'keywords: a')],
])('%s is refused by Helm too', async (_, yaml) => {
  const chart = writeChart();
  write(join(chart, 'Chart.yaml'), yaml);
  await expect(packChart(chart)).rejects.toMatchObject({ code: 'CHART_INVALID' });
  await withHelm('helm-4', console.log, async (helm) => {
    expect(await helmPackage(helm, chart)).toBeUndefined();
  });
});
