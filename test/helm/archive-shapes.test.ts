import { symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { packChart } from '../../generator/src/archive/pack.ts';
import { type Helm, renderChart, runHelm, withHelm } from '../../generator/src/helm/helm.ts';
import { useTools } from '../support/tools.ts';
import { archiveOf, chartYaml, type Texts, writeChart } from '../unit/archive/fixture.ts';
import { temporaryFolder } from '../unit/fileset/fixture.ts';
import { dependsOn, HELMS, SUBCHART } from './archive-fixture.ts';

useTools('helm-4', 'helm-3');

const LISTING =
  '{{ range $path, $bytes := .Files.Glob "**" }}{{ printf "%s %d" $path (len $bytes) }}\n  {{ end }}';

/** Shows every value and every file that Helm sees. */
const SHOW_ALL = {
  'templates/config.yaml': `values: {{ toYaml .Values | quote }}\nfiles: |\n  ${LISTING}\n`,
  'values.yaml': 'a: 1\n',
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
