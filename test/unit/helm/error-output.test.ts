import { expect, test } from 'vitest';
import { readErrorOutput } from '../../../generator/src/helm/error-output.ts';

test('Helm 4: log lines before the error', () => {
  const text = `level=INFO msg="warning: destination for demo.\\"image\\" is a table"
level=WARN msg="missing required value" message="need z"
level=DEBUG msg=loading
Error: execution error at (demo/templates/a.yaml:1:8): need z

Use --debug flag to render out invalid YAML
`;
  expect(readErrorOutput(text)).toEqual({
    warnings: [
      'warning: destination for demo."image" is a table',
      'missing required value message="need z"',
    ],
    message: `execution error at (demo/templates/a.yaml:1:8): need z

Use --debug flag to render out invalid YAML`,
  });
});

test('Helm 3: lines of its log package', () => {
  const text = 'coalesce.go:298: warning: cannot overwrite table with non table for demo.image\n';
  expect(readErrorOutput(text).warnings).toEqual([
    'warning: cannot overwrite table with non table for demo.image',
  ]);
});

test('an error alone, and a text that is neither', () => {
  expect(readErrorOutput('Error: no\n')).toEqual({ warnings: [], message: 'no' });
  expect(readErrorOutput('panic: x\n')).toEqual({ warnings: [], message: 'panic: x' });
});
