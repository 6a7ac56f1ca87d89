import { expect, test } from 'vitest';
import { readHelmMessage } from '../../../generator/src/lint/helm-message.ts';

test.each([
  ['template: demo/templates/a.yaml:6:15: executing', 'templates/a.yaml', 6, 16],
  ['execution error at (demo/templates/sub/a.yaml:1:8): need z', 'templates/sub/a.yaml', 1, 9],
  ['execution error at (demo/charts/s/templates/a.yaml:3:1): x', 'charts/s/templates/a.yaml', 3, 2],
])('%s', (message, file, line, column) => {
  expect(readHelmMessage(message)).toEqual({ file, line, column, message });
});

test('a place without a column, and none', () => {
  const message = 'parse error at (demo/templates/_a.tpl:12): unterminated';
  expect(readHelmMessage(message)).toEqual({ file: 'templates/_a.tpl', line: 12, message });
  const other = 'cannot load values.yaml: line 3';
  expect(readHelmMessage(other)).toEqual({ message: other });
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
