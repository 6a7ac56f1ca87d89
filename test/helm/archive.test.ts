import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { unpackTar } from 'modern-tar';
import { expect, test } from 'vitest';
import { packChart } from '../../generator/src/archive/pack.ts';
import { type Helm, renderChart, runHelm, withHelm } from '../../generator/src/helm/helm.ts';
import { useTools } from '../support/tools.ts';
import { archiveOf, chartYaml, type Texts, writeChart } from '../unit/archive/fixture.ts';
import { temporaryFolder, write } from '../unit/fileset/fixture.ts';
import { CHARTS } from './support.ts';

useTools('helm-4', 'helm-3');

const HELMS = ['helm-3', 'helm-4'] as const;

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

const LISTING =
  '{{ range $path, $bytes := .Files.Glob "**" }}{{ printf "%s %d" $path (len $bytes) }}\n  {{ end }}';

/** Shows every value and every file that Helm sees. */
const SHOW_ALL = {
  'templates/config.yaml': `values: {{ toYaml .Values | quote }}\nfiles: |\n  ${LISTING}\n`,
  'values.yaml': 'a: 1\n',
};

function dependsOn(...names: string[]): string {
  const dependencies = names.map((name) => ({ name, version: '*', repository: '' }));
  return chartYaml('demo', '1.0.0', `dependencies: ${JSON.stringify(dependencies)}\n`);
}

const SUBCHART = {
  'charts/open/Chart.yaml': chartYaml('open'),
  'charts/open/values.yaml': 'size: large\n',
  'charts/open/templates/a.yaml': 'open: {{ .Values.size }}\n',
};

const SHAPES: Record<string, Texts> = {
  'byte order marks': {
    'Chart.yaml': `\uFEFF${chartYaml()}`,
    'values.yaml': '\uFEFFa: 1\n',
    'values.schema.json': '\uFEFF{"type": "object"}',
    'templates/b.yaml': '\uFEFFb: {{ .Values.a }}\n',
    'README.md': '\uFEFF# Read me\n',
    '.helmignore': '\uFEFFsecret\n',
    secret: 'x',
  },
  'carriage returns': {
    'Chart.yaml': chartYaml().replaceAll('\n', '\r\n'),
    'values.yaml': 'a: 1\r\nb: two\r\n',
    '.helmignore': 'secret\r\n*.bak\r\n',
    secret: 'x',
    'a.bak': 'x',
  },
  'long and foreign names': {
    [`files/${'long/'.repeat(18)}name`]: 'x',
    [`files/${'long/'.repeat(60)}name`]: 'xx',
    [`files/${'ü'.repeat(60)}.txt`]: 'xxx',
    'files/日本/😀 and a blank': 'xxxx',
    'files/\u0041\u030a': 'decomposed',
  },
  'subcharts in folders, three deep, with rules of their own': {
    'Chart.yaml': dependsOn('open', 'second'),
    ...SUBCHART,
    'charts/open/.helmignore': '*.txt\ntemplates\n',
    'charts/open/kept.txt': 'the rules of a subchart are not asked',
    'charts/open/charts/deep/Chart.yaml': chartYaml('deep'),
    'charts/open/charts/deep/templates/a.yaml': 'deep: 1\n',
    'charts/open/charts/deep/charts/deeper/Chart.yaml': chartYaml('deeper'),
    'charts/open/charts/deep/charts/deeper/templates/a.yaml': 'deeper: 1\n',
    'charts/second/Chart.yaml': chartYaml('second'),
  },
  'what Helm passes over in charts/': {
    'Chart.yaml': dependsOn('open'),
    ...SUBCHART,
    'charts/_draft/values.yaml': 'no chart',
    'charts/.hidden/Chart.yaml': 'no chart',
    'charts/.lock': 'nor this',
    'charts/open-1.0.0.tgz.prov': 'a signature',
    'charts/open/charts/.hidden': 'x',
  },
  'a v1 chart': {
    'Chart.yaml': 'apiVersion: v1\nname: demo\nversion: 1.0.0\n',
    'requirements.yaml': 'dependencies: [{ name: open, version: 1.x, repository: "" }]\n',
    'requirements.lock': 'digest: x\ngenerated: "2026-01-01T00:00:00Z"\n',
    ...SUBCHART,
  },
  'a lock, a schema, CRDs and notes': {
    'Chart.lock': 'digest: x\ngenerated: "2026-01-01T00:00:00Z"\n',
    'values.schema.json': '{"properties": {"a": {"type": "integer"}}}',
    'crds/a.yaml': 'kind: CustomResourceDefinition\n',
    'templates/NOTES.txt': 'Thanks for {{ .Chart.Name }}\n',
    'templates/_helpers.tpl': '{{ define "x" }}y{{ end }}',
    'templates/.hidden.yaml': 'hidden: 1\n',
  },
  'versions and names with all signs': {
    'Chart.yaml': `apiVersion: v2\nname: de.mo_1-x\nversion: 1.0.0-rc.1+build.5\nunknown: kept\n`,
  },
};

async function show(helm: Helm, chart: string): Promise<unknown> {
  const { exitCode, stdout, stderr } = await runHelm(helm, ['show', 'all', chart]);
  expect(exitCode, stderr).toBe(0);
  const rendering = await renderChart(helm, chart);
  expect(rendering).toMatchObject({ ok: true });
  return { rendering, stdout };
}

async function expectSameChart(chart: string): Promise<void> {
  const file = join(temporaryFolder(), 'archive.tgz');
  writeFileSync(file, (await packChart(chart)).bytes);
  for (const name of HELMS)
    await withHelm(name, console.log, async (helm) => {
      expect(await show(helm, file)).toEqual(await show(helm, chart));
    });
}

test.each(Object.entries(SHAPES))('%s: the archive is the same chart to Helm', async (_, files) => {
  await expectSameChart(writeChart({ ...SHOW_ALL, ...files }));
});

test('subcharts in archives and links: the archive is the same chart to Helm', async () => {
  const packed = await archiveOf('packed', '2.0.0', 'color: blue\n');
  const chart = writeChart({
    ...SHOW_ALL,
    'Chart.yaml': dependsOn('packed', 'open'),
    ...SUBCHART,
    'charts/open/charts/.keep': '',
    'files/real.yaml': 'real: 1\n',
  });
  writeFileSync(join(chart, 'charts', packed.fileName), packed.bytes);
  writeFileSync(join(chart, 'charts', 'open', 'charts', packed.fileName), packed.bytes);
  symlinkSync('files', join(chart, 'linked'));
  symlinkSync('../files/real.yaml', join(chart, 'templates', 'link.yaml'));
  await expectSameChart(chart);
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
