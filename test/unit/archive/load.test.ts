import { expect, test } from 'vitest';
import { packFiles } from '../../../generator/src/archive/pack.ts';
import { chartYaml, fileSet } from './fixture.ts';

test('a chart without what it depends on is refused, each of it named', async () => {
  const more = `dependencies:
- { name: here, version: 1.x, repository: https://example.com }
- { name: absent, version: ^2, repository: https://example.com }
- { name: gone, repository: '' }
- { name: here, alias: again, version: 1.x, repository: https://example.com }
`;
  const files = {
    'Chart.yaml': chartYaml('demo', '1.0.0', more),
    'charts/other-name/Chart.yaml': chartYaml('here'),
  };
  await expect(packFiles(fileSet(files), 'demo')).rejects.toMatchObject({
    code: 'DEPENDENCIES_INVALID',
    problems: [
      { message: 'absent ^2 is not in charts/', hint: 'it comes from https://example.com' },
      { message: 'gone is not in charts/' },
    ],
    next: expect.stringContaining('--dependency-update') as unknown,
  });
});

test('files that Helm would not load are named with their line', async () => {
  const files = {
    'Chart.yaml': chartYaml(),
    'values.yaml': 'a: 1\nb: [\n',
    'values.schema.json': '{',
  };
  await expect(packFiles(fileSet(files), 'demo')).rejects.toMatchObject({
    code: 'CHART_INVALID',
    problems: [{ file: 'demo/values.yaml', line: 3 }, { file: 'demo/values.schema.json' }],
  });
});
