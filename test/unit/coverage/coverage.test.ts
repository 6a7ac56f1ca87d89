import { mkdir, readdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { measureCoverage } from '../../../generator/src/coverage/coverage.ts';
import { findTool } from '../../../generator/src/helm/find.ts';
import { useTools } from '../../support/tools.ts';
import { temporaryFolder } from '../helm/temporary-folder.ts';
import { writeChart } from '../lint/chart.ts';

useTools('helm-4', 'helm-engine');

const MAP = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: map }\n';

/** Paths of the uncovered values with the reasons. */
async function gaps(files: Record<string, string>): Promise<Record<string, string>> {
  const chart = await writeChart(files);
  const options = { kubeVersion: '1.36', progress: console.log };
  const [coverage] = await measureCoverage([chart], options);
  const { values = 0, covered, uncovered = [] } = coverage ?? {};
  expect(covered).toBe(values - uncovered.length);
  expect(values).toBeGreaterThan(0);
  return Object.fromEntries(uncovered.map(({ path, reason }) => [path, reason]));
}

function data(...lines: string[]): string {
  return `${MAP}data:\n${lines.map((line) => `  ${line}\n`).join('')}`;
}

test('a value is covered where a case sets it and the output changes', async () => {
  const files = {
    'values.yaml': 'used: a\nunset: b\nsame: c\nidle: d\nmap: {}\nlist: []\nnothing: null\n',
    'templates/map.yaml': data(
      'used: {{ .Values.used }}',
      'unset: {{ .Values.unset }}',
      'same: {{ .Values.same }}',
      'map: {{ toJson .Values.map | quote }}',
      'list: {{ toJson .Values.list | quote }}',
      'nothing: {{ .Values.nothing | default "none" }}',
    ),
    'ci/a-values.yaml': 'used: x\nsame: c\nidle: x\n',
    'ci/b-values.yaml': 'map: { a: b }\nlist: [1]\nnothing: x\n',
  };
  expect(await gaps(files)).toEqual({ unset: 'unset', same: 'unset', idle: 'no-effect' });
});

test('what is uncovered is told with its place and with what sets it', async () => {
  const chart = await writeChart({
    'values.yaml': '# Colours\ncolour: red\n\nmap:\n  idle: ""\n',
    'values.schema.json': '{ "properties": { "hidden": { "type": "string" } } }',
    'templates/map.yaml': data('colour: {{ .Values.colour }}'),
    'ci/b-values.yaml': 'map: { idle: x }\n',
    'tests/a_test.yaml': 'suite: a\ntests: [{ it: sets it, set: { map.idle: y } }]\n',
  });
  const options = { kubeVersion: '1.36', progress: console.log };
  expect(await measureCoverage([chart], options)).toEqual([
    {
      chart,
      values: 3,
      covered: 0,
      uncovered: [
        { path: 'colour', file: 'values.yaml', line: 2, reason: 'unset', trials: [] },
        {
          path: 'map.idle',
          file: 'values.yaml',
          line: 5,
          reason: 'no-effect',
          trials: ['ci/b-values.yaml', 'tests/a_test.yaml "sets it"'],
        },
        { path: 'hidden', file: 'values.schema.json', reason: 'unset', trials: [] },
      ],
    },
  ]);
});

test('one of several trials that changes something is enough', async () => {
  const files = {
    'values.yaml': 'kind: a\nport: 1\n',
    'templates/map.yaml': data(
      'kind: {{ .Values.kind }}',
      'port: "{{ if eq .Values.kind "b" }}{{ .Values.port }}{{ end }}"',
    ),
    'tests/a_test.yaml': `suite: a
tests:
  - it: has a port that does not count
    set: { port: 2 }
  - it: has one that counts
    set: { port: 2, kind: b }
`,
  };
  expect(await gaps(files)).toEqual({});
});

test('notes count as output', async () => {
  const files = {
    'values.yaml': 'colour: red\n',
    'templates/map.yaml': MAP,
    'templates/NOTES.txt': 'It is {{ .Values.colour }}.\n',
    'ci/a-values.yaml': 'colour: green\n',
  };
  expect(await gaps(files)).toEqual({});
});

test('a default that is taken away is a change, one that is put back too', async () => {
  const files = {
    'values.yaml': 'gone: red\nsection: { gone: red, stays: red }\n',
    'templates/map.yaml': data(
      'a: {{ .Values.gone | default "none" }}',
      'b: {{ .Values.section.gone | default "none" }}',
      'c: {{ .Values.section.stays }}',
    ),
    'ci/a-values.yaml': 'gone: null\nsection: { gone: null, stays: green }\n',
  };
  expect(await gaps(files)).toEqual({});
});

test('a refusal that a test asks for shows that the value is looked at', async () => {
  const template = `{{ if gt (int .Values.masters) 1 }}{{ fail "too many" }}{{ end }}
{{- if .Values.broken }}{{ fail "broken" }}{{ end }}
${MAP}`;
  const suite = (asserts: string) => `suite: a
tests:
  - it: refuses several
    set: { masters: 2, bystander: 1 }
    asserts: [${asserts}]
`;
  const files = {
    'values.yaml': 'masters: 1\nbroken: false\nbystander: 0\n',
    'templates/map.yaml': template,
    'ci/a-values.yaml': 'broken: true\n',
  };
  expect(await gaps({ ...files, 'tests/a_test.yaml': suite('{ failedTemplate: {} }') })).toEqual({
    broken: 'refused',
    bystander: 'no-effect',
  });
  expect(await gaps({ ...files, 'tests/a_test.yaml': suite('') })).toMatchObject({
    masters: 'refused',
  });
});

test('a refusal by the schema does not show that a template looks at the value', async () => {
  const files = {
    'values.yaml': 'port: 1\nmode: a\nname: ""\n',
    'values.schema.json': JSON.stringify({
      properties: { port: { type: 'integer' } },
      if: { properties: { mode: { const: 'b' } } },
      then: { properties: { name: { minLength: 1 } } },
    }),
    'templates/map.yaml': data('mode: {{ .Values.mode }}', 'name: "{{ .Values.name }}"'),
    'tests/a_test.yaml': `suite: a
tests:
  - it: refuses a text
    set: { port: text }
    asserts: [{ failedTemplate: {} }]
  - it: needs a name
    set: { mode: b, name: x }
`,
  };
  expect(await gaps(files)).toEqual({ port: 'refused' });
});

test('a test is rendered for its own release and Kubernetes version', async () => {
  const files = {
    'values.yaml': 'old: a\nnew: a\nlong: a\n',
    'templates/map.yaml': data(
      'old: "{{ if semverCompare "<1.32-0" .Capabilities.KubeVersion.Version }}{{ .Values.old }}{{ end }}"',
      'new: "{{ if semverCompare ">=1.36-0" .Capabilities.KubeVersion.Version }}{{ .Values.new }}{{ end }}"',
      'long: "{{ if eq .Release.Name "long" }}{{ .Values.long }}{{ end }}"',
    ),
    'tests/a_test.yaml': `suite: a
tests:
  - it: is old
    capabilities: { majorVersion: 1, minorVersion: 31 }
    set: { old: b }
  - it: is new
    set: { new: b }
  - it: is short
    set: { long: b }
  - it: is long
    release: { name: long }
    set: { long: b }
`,
  };
  expect(await gaps(files)).toEqual({});
});

test('what is other in each rendering is no effect of a value', async () => {
  const files = {
    'values.yaml': 'idle: a\nused: a\n',
    'templates/map.yaml': data('password: {{ randAlphaNum 12 }}', 'used: {{ .Values.used }}'),
    'ci/a-values.yaml': 'idle: b\nused: b\n',
  };
  expect(await gaps(files)).toEqual({ idle: 'no-effect' });
});

test('a global value works in subcharts, values of subcharts below their names', async () => {
  const files = {
    'Chart.yaml':
      'apiVersion: v2\nname: demo\nversion: 1.0.0\ndependencies: [{ name: sub, version: 1.0.0 }]\n',
    'values.yaml': 'global: { class: a, idle: a }\nsub: { colour: red, idle: a }\n',
    'templates/map.yaml': MAP,
    'charts/sub/Chart.yaml': 'apiVersion: v2\nname: sub\nversion: 1.0.0\n',
    'charts/sub/values.yaml': 'colour: none\nidle: none\nother: none\n',
    'charts/sub/templates/map.yaml': data(
      'class: {{ .Values.global.class }}',
      'colour: {{ .Values.colour }}',
    ),
    'ci/a-values.yaml': 'global: { class: b, idle: b }\nsub: { colour: green, idle: b }\n',
  };
  expect(await gaps(files)).toEqual({ 'global.idle': 'no-effect', 'sub.idle': 'no-effect' });
});

test('names of objects are plain names of values', async () => {
  const files = {
    'values.yaml': '__proto__: { a: 1 }\nconstructor: a\ntoString: a\n',
    'templates/map.yaml': data(
      'a: {{ .Values.constructor }}',
      'b: "{{ index .Values "__proto__" "a" }}"',
    ),
    'ci/a-values.yaml': 'constructor: b\n__proto__: { a: 2 }\n',
  };
  expect(await gaps(files)).toEqual({ toString: 'unset' });
});

test.each([
  ['a case', { 'ci/a-values.yaml': 'a: [\n' }],
  ['values.yaml', { 'values.yaml': 'a: [\n' }],
  [
    'a values file that is not there',
    { 'tests/a_test.yaml': 'suite: a\nvalues: [b.yaml]\ntests: [{ it: c }]\n' },
  ],
])('%s that cannot be read is told', async (_, files: Record<string, string>) => {
  await expect(gaps(files)).rejects.toMatchObject({ code: 'CHART_INVALID' });
});

/** A new cache, and how many values of a chart are covered by what a suite sets in `file`. */
async function withShared(file: string) {
  const chart = await writeChart({
    'tests/a_test.yaml': `suite: a\nvalues: [${file}]\ntests: [{ it: b }]\n`,
  });
  const options = { kubeVersion: '1.36', progress: console.log };
  return {
    chart,
    covered: async () => (await measureCoverage([chart], options))[0]?.covered,
  };
}

test('a change of a values file outside the chart is seen', async () => {
  const { chart, covered } = await withShared('../../shared.yaml');
  await writeFile(join(dirname(chart), 'shared.yaml'), 'colour: blue\n');
  expect(await covered()).toBe(1);
  await writeFile(join(dirname(chart), 'shared.yaml'), 'colour: red\n');
  expect(await covered()).toBe(0);
});

test('a change of what a link leads to is seen', async () => {
  const { chart, covered } = await withShared('linked.yaml');
  await writeFile(join(chart, '.helmignore'), 'tests/\n');
  await symlink(join(dirname(chart), 'target.yaml'), join(chart, 'tests/linked.yaml'));
  await writeFile(join(dirname(chart), 'target.yaml'), 'colour: blue\n');
  expect(await covered()).toBe(1);
  await writeFile(join(dirname(chart), 'target.yaml'), 'colour: red\n');
  expect(await covered()).toBe(0);
});

test('a chart that did not change is not measured again, at another place neither', async () => {
  const said: string[] = [];
  const options = { kubeVersion: '1.36', progress: (text: string) => void said.push(text) };
  const files = {
    'values.yaml': `colour: "${Math.random()}"\n`,
    'ci/a-values.yaml': 'colour: blue\n',
    'tests/a_test.yaml': 'suite: a\nvalues: [b.yaml]\ntests: [{ it: b }]\n',
    'tests/b.yaml': 'colour: green\n',
  };
  const [first, second] = [await writeChart(files), await writeChart(files)];
  const [measured] = await measureCoverage([first], options);
  expect(said.splice(0)).toEqual([`measured the coverage of ${first}`]);
  expect(await measureCoverage([second], options)).toEqual([{ ...measured, chart: second }]);
  expect(said).toEqual([]);
});

test('what another Helm than the pinned one shows is not kept', async () => {
  onTestFinished(() => void vi.unstubAllEnvs());
  const helm = await findTool('helm-4', console.log);
  const folder = await temporaryFolder();
  await mkdir(join(folder, 'bin'));
  await symlink(helm, join(folder, 'bin/helm'));
  vi.stubEnv('PATH', join(folder, 'bin'));
  vi.stubEnv('SPARK_CHARTS_CACHE', join(folder, 'cache'));
  expect(await gaps({ 'ci/a-values.yaml': 'colour: blue\n' })).toEqual({});
  await expect(readdir(join(folder, 'cache/reports'))).rejects.toThrow('ENOENT');
});

test('a folder that is not there is told', async () => {
  const chart = join(await temporaryFolder(), 'none');
  const options = { kubeVersion: '1.36', progress: console.log };
  await expect(measureCoverage([chart], options)).rejects.toMatchObject({ code: 'FILE_SYSTEM' });
});
