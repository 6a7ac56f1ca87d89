import { expect, test } from 'vitest';
import { parseHelmLint } from '../../../generator/src/lint/helm-lint.ts';
import { readHelmMessage } from '../../../generator/src/lint/helm-message.ts';

test('reads the levels, places and long messages of helm lint', () => {
  const report = `==> Linting /charts/demo
[INFO] Chart.yaml: icon is recommended
[ERROR] templates/: demo/templates/bad.yaml:6:15
  executing "demo/templates/bad.yaml" at <.Values.foo.bar>:
    nil pointer evaluating interface {}.bar
[WARNING] templates/b.yaml: object name does not conform: "": a: b

1 chart(s) linted, 1 chart(s) failed
`;
  expect(parseHelmLint(report)).toEqual([
    { rule: 'helm-lint', severity: 'info', file: 'Chart.yaml', message: 'icon is recommended' },
    {
      rule: 'helm-lint',
      severity: 'error',
      file: 'templates/bad.yaml',
      line: 6,
      message: `demo/templates/bad.yaml:6:15
  executing "demo/templates/bad.yaml" at <.Values.foo.bar>:
    nil pointer evaluating interface {}.bar`,
    },
    {
      rule: 'helm-lint',
      severity: 'warning',
      file: 'templates/b.yaml',
      message: 'object name does not conform: "": a: b',
    },
  ]);
});

test.each([
  ['template: demo/templates/a.yaml:6:15: executing', 'templates/a.yaml', 6],
  ['execution error at (demo/templates/sub/a.yaml:1:8): need z', 'templates/sub/a.yaml', 1],
  ['parse error at (demo/templates/_a.tpl:12): unterminated', 'templates/_a.tpl', 12],
  ['execution error at (demo/charts/s/templates/a.yaml:3:1): x', 'charts/s/templates/a.yaml', 3],
  ['cannot load values.yaml: line 3', undefined, undefined],
])('%s', (message, file, line) => {
  expect(readHelmMessage(message)).toEqual({
    ...(file === undefined ? {} : { file, line }),
    message,
  });
});

test('lint and template say the same of YAML that cannot be parsed', () => {
  const why = 'error converting YAML to JSON: yaml: line 4: did not find expected key';
  const rendered = readHelmMessage(
    `YAML parse error on demo/templates/a.yaml: ${why}\n\nUse --debug flag to render out invalid YAML`,
  );
  expect(rendered).toEqual(readHelmMessage(`unable to parse YAML: ${why}`, 'templates/a.yaml'));
  expect(rendered).toEqual({ file: 'templates/a.yaml', message: `invalid YAML: ${why}` });
});

test.each([
  'error converting YAML to JSON: yaml: line 3: did not find expected key',
  'cannot unmarshal yaml document: error converting YAML to JSON: yaml: line 3: did not find expected key',
])('a values file that is no YAML is named by its place in the chart: %s', (why) => {
  expect(readHelmMessage(`failed to parse /somewhere/demo/ci/ha-values.yaml: ${why}`)).toEqual({
    file: 'ci/ha-values.yaml',
    line: 3,
    message: 'invalid YAML: did not find expected key',
  });
});

test('lint and template say the same of values that break the schema', () => {
  const list = "- at '': additional properties 'color' not allowed\n- at '/a': got string";
  const headline =
    "values don't meet the specifications of the schema(s) in the following chart(s):";
  const rendered = readHelmMessage(`${headline}\ndemo:\n${list}\n`);
  expect(rendered).toEqual(readHelmMessage(list, 'values.yaml'));
  expect(rendered).toEqual({ file: 'values.yaml', message: list });
  const several = `${headline}\ndemo:\n- at ''\nsub:\n- at ''`;
  expect(readHelmMessage(several)).toEqual({ message: several });
});
