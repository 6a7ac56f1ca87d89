import { expect, test } from 'vitest';
import { readLintOutput } from '../../../generator/src/helm/lint-output.ts';

test('reads the levels, places and long messages of helm lint', () => {
  const report = `==> Linting /charts/demo
[INFO] Chart.yaml: icon is recommended
[ERROR] templates/: demo/templates/bad.yaml:6:15
  executing "demo/templates/bad.yaml" at <.Values.foo.bar>:
    nil pointer evaluating interface {}.bar
[WARNING] templates/b.yaml: object name does not conform: "": a: b

1 chart(s) linted, 1 chart(s) failed
`;
  expect(readLintOutput(report)).toEqual([
    { severity: 'info', path: 'Chart.yaml', message: 'icon is recommended' },
    {
      severity: 'error',
      path: 'templates/',
      message: `demo/templates/bad.yaml:6:15
  executing "demo/templates/bad.yaml" at <.Values.foo.bar>:
    nil pointer evaluating interface {}.bar`,
    },
    {
      severity: 'warning',
      path: 'templates/b.yaml',
      message: 'object name does not conform: "": a: b',
    },
  ]);
});
