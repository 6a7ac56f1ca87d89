import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { unpackTar } from 'modern-tar';
import { expect, test } from 'vitest';
import { packChart } from '../../generator/src/archive/pack.ts';
import { type Helm, renderChart, runHelm, withHelm } from '../../generator/src/helm/helm.ts';
import { useTools } from '../support/tools.ts';
import { archiveOf, chartYaml, writeChart } from '../unit/archive/fixture.ts';
import { temporaryFolder, write } from '../unit/fileset/fixture.ts';
import { CHARTS } from './support.ts';

useTools('helm-4', 'helm-3');

const HELMS = ['helm-3', 'helm-4'] as const;

/** Path → content, without Chart.yaml, which Helm writes anew. */
async function contentsOf(archive: Uint8Array): Promise<Map<string, string>> {
  const entries = await unpackTar(gunzipSync(archive));
  const contents = entries.map(
    ({ header, data }) => [header.name, Buffer.from(data ?? []).toString('latin1')] as const,
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
    fc.constantFrom('', '', '', '!', '/', '#', ' '),
    fc.array(
      fc.constantFrom(
        'a',
        'b',
        '.',
        '*',
        '?',
        '/',
        '[ab]',
        '[^a]',
        '[a-',
        '\\',
        '*.txt',
        'files',
        'templates',
        '**',
      ),
      { minLength: 1, maxLength: 4 },
    ),
    fc.constantFrom('', '', '/', ' '),
  )
  .map(([start, parts, end]) => start + parts.join('') + end);

test('.helmignore leaves out what Helm leaves out', { timeout: 300_000 }, async () => {
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
      ].map((path) => [path, path]),
    ),
    ...{
      'templates/a.yaml': 'a: 1',
      'templates/.hidden': 'x',
      'templates/sub/.b': 'b: 1',
      'values.yaml': '',
    },
  });
  await withHelm('helm-4', console.log, async (helm) => {
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
      { numRuns: 150 },
    );
    expect(packed).toBeGreaterThan(30);
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

test('subcharts in folders and archives, long and foreign names, BOM and CRLF: Helm loads them', async () => {
  const sub = await archiveOf('packed', '2.0.0', 'color: blue\n');
  const dependencies = `dependencies: [{ name: packed, version: 2.0.0, repository: '' }, { name: open, version: 1.0.0, repository: '' }]\n`;
  const template =
    '{{ range $path, $_ := .Files.Glob "files/**" }}{{ $path }}\n{{ end }}{{ .Values.packed.color }} {{ .Values.open.size }} {{ .Values.a }}';
  const chart = writeChart({
    'Chart.yaml': `\uFEFF${chartYaml('demo', '1.0.0', dependencies).replaceAll('\n', '\r\n')}`,
    'values.yaml': '\uFEFFa: 1\r\n',
    'templates/config.yaml': `a: |\n  ${template.replaceAll('\n', '\n  ')}\n`,
    'charts/open/Chart.yaml': chartYaml('open'),
    'charts/open/values.yaml': 'size: large\n',
    [`files/${'long/'.repeat(40)}name.txt`]: 'x',
    [`files/${'ü'.repeat(60)}.txt`]: 'x',
  });
  writeFileSync(join(chart, 'charts', sub.fileName), sub.bytes);
  const file = join(temporaryFolder(), 'archive.tgz');
  writeFileSync(file, (await packChart(chart)).bytes);
  for (const name of HELMS)
    await withHelm(name, console.log, async (helm) => {
      const rendering = await renderChart(helm, file);
      expect(rendering).toEqual(await renderChart(helm, chart));
      expect(rendering).toMatchObject({
        ok: true,
        manifests: expect.stringContaining('blue large 1') as unknown,
      });
      expect(rendering.ok && rendering.manifests).toContain('ü'.repeat(60));
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
