import { expect, test } from 'vitest';
import { readSuites } from '../../../generator/src/coverage/suites.ts';
import { UserError } from '../../../generator/src/errors.ts';
import { testCharts } from '../../../generator/src/helm/unit-tests.ts';
import { withEngine } from '../../../generator/src/helm/with-engine.ts';
import { useTools } from '../../support/tools.ts';
import { writeChart } from '../lint/chart.ts';

useTools('helm-engine', 'helm-unittest');

test('a test says what it is rendered with, its suite the rest', async () => {
  const chart = await writeChart({
    'tests/a_test.yaml': `suite: a
release: { name: one, namespace: spaces }
capabilities: { majorVersion: 1, minorVersion: 31 }
values: [../ci/a-values.yaml]
set: { image.tag: suite, image.digest: suite }
tests:
  - it: takes all from the suite
  - it: says it itself
    release: { name: two }
    capabilities: { majorVersion: "1", minorVersion: "32" }
    chart: { version: 9.9.9, appVersion: "9" }
    values: [b-values.yaml]
    set: { image.tag: test }
---
suite: b
tests:
  - it: is in a second document
    set: &shared { a: { b: 1 } }
  - it: has an alias
    set: { a: { c: 2 }, <<: *shared }
`,
  });
  const suite = { namespace: 'spaces' };
  expect(await readSuites(chart)).toEqual([
    {
      name: 'tests/a_test.yaml "takes all from the suite"',
      options: {
        ...suite,
        releaseName: 'one',
        kubeVersion: '1.31',
        valuesFiles: [`${chart}/ci/a-values.yaml`],
        values: { image: { tag: 'suite', digest: 'suite' } },
      },
      expectsRefusal: false,
    },
    {
      name: 'tests/a_test.yaml "says it itself"',
      options: {
        ...suite,
        releaseName: 'two',
        kubeVersion: '1.32',
        chartVersion: '9.9.9',
        appVersion: '9',
        valuesFiles: [`${chart}/ci/a-values.yaml`, `${chart}/tests/b-values.yaml`],
        values: { image: { tag: 'test', digest: 'suite' } },
      },
      expectsRefusal: false,
    },
    {
      name: 'tests/a_test.yaml "is in a second document"',
      options: { valuesFiles: [], values: { a: { b: 1 } } },
      expectsRefusal: false,
    },
    {
      name: 'tests/a_test.yaml "has an alias"',
      options: { valuesFiles: [], values: { a: { c: 2 } } },
      expectsRefusal: false,
    },
  ]);
});

test('what is skipped is no trial; a refusal is expected where it is asserted', async () => {
  const chart = await writeChart({
    'tests/a_test.yaml': `suite: a
tests:
  - it: is skipped
    skip: { reason: later }
  - it: wants a refusal
    asserts: [{ failedTemplate: {} }]
  - it: wants none
    asserts: [{ failedTemplate: {}, not: true }, { notFailedTemplate: {} }]
`,
    'tests/b_test.yaml': 'suite: b\nskip: { reason: later }\ntests: [{ it: is skipped }]\n',
    'tests/c_test.yaml': '# nothing\n',
    'tests/d.yaml': 'suite: d\ntests: [{ it: is no suite }]\n',
  });
  const trials = await readSuites(chart);
  expect(trials.map(({ name, expectsRefusal }) => [name, expectsRefusal])).toEqual([
    ['tests/a_test.yaml "wants a refusal"', true],
    ['tests/a_test.yaml "wants none"', false],
  ]);
});

test.each([
  ['tests/a_test.yaml', 'tests: [\n', 1],
  ['tests/a_test.yaml', 'suite: a\ntests:\n  - it: b\n  it: c\n', 4],
])('a suite that is no YAML is told with its line', async (file, text, line) => {
  const chart = await writeChart({ [file]: text });
  const error: unknown = await readSuites(chart).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(UserError);
  expect(error).toMatchObject({ code: 'CHART_INVALID' });
  const [problem] = (error as UserError).problems;
  expect(problem?.file).toBe(`${chart}/${file}`);
  expect(problem?.line).toBeGreaterThanOrEqual(line);
});

test('a path in set that is none is told', async () => {
  const chart = await writeChart({
    'tests/a_test.yaml': 'suite: a\ntests: [{ it: a, set: { "a[": 1 } }]\n',
  });
  await expect(readSuites(chart)).rejects.toThrow('a_test.yaml: "a[" in set is no path');
});

test('templates see in a trial what they see in the test of helm-unittest', async () => {
  const suite = (asserts: readonly string[]) => `suite: values
templates: [templates/map.yaml]
values: [one.yaml, ../ci/two-values.yaml]
set:
  conf.[spark.ui.port]: 4040
  list[1].name: from the suite
  both: { suite: 1, test: 1 }
  nothing: null
tests:
  - it: lays a test over its suite
    values: [three.yaml]
    set:
      both.test: 2
      map.[a.b]: { c: 0x10, d: yes, e: 1e3, f: "1" }
    asserts: [${asserts[0] ?? ''}]
  - it: stands alone
    asserts: [${asserts[1] ?? ''}]
`;
  const files = {
    'values.yaml': 'nothing: here\nlist: [1, 2, 3]\nboth: { default: 1 }\nfile: none\n',
    'templates/map.yaml': `apiVersion: v1
kind: ConfigMap
metadata: { name: values }
data: { values: {{ .Values | toJson | quote }} }
`,
    'tests/one.yaml': 'file: one\nboth: { one: 1 }\n',
    'tests/three.yaml': 'file: three\nboth: { three: 1, test: 3 }\n',
    'ci/two-values.yaml': 'file: two\nboth: { two: 1 }\n',
  };
  const first = await writeChart({ ...files, 'tests/a_test.yaml': suite([]) });
  const trials = await readSuites(first);
  const asserts = await withEngine(console.log, (engine) =>
    Promise.all(
      trials.map(async ({ options }) => {
        const values = await engine.values({ path: first, digest: 'a' }, options);
        const text = JSON.stringify(JSON.stringify(values));
        return `{ equal: { path: data.values, value: ${text} } }`;
      }),
    ),
  );
  expect(asserts[0]).toContain('three');
  const second = await writeChart({ ...files, 'tests/a_test.yaml': suite(asserts) });
  const [result] = await testCharts([second], console.log);
  expect(result?.output).toContain('2 passed, 2 total');
});
