import { execFileSync } from 'node:child_process';
import { cp, mkdir, readdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { testCharts } from '../../../generator/src/helm/unit-tests.ts';
import { useTools } from '../../support/tools.ts';
import { temporaryFolder } from './temporary-folder.ts';

useTools('helm-unittest');

async function chart(directory: string, suite?: string): Promise<string> {
  const files: Record<string, string> = {
    'Chart.yaml': 'apiVersion: v2\nname: demo\nversion: 1.0.0\n',
    'templates/map.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\n',
    ...(suite === undefined ? {} : { 'tests/map_test.yaml': suite }),
  };
  for (const [path, text] of Object.entries(files)) {
    await mkdir(join(directory, path, '..'), { recursive: true });
    await writeFile(join(directory, path), text);
  }
  return directory;
}

function suite(kind: string): string {
  return `suite: map
templates: [map.yaml]
tests:
  - it: has its kind
    asserts:
      - isKind: { of: ${kind} }
  - it: looks the same
    asserts:
      - matchSnapshot: {}
`;
}

test('says which charts pass, which fail and which have no suites', async () => {
  const folder = await temporaryFolder();
  const good = await chart(join(folder, 'good'), suite('ConfigMap'));
  const bad = await chart(join(folder, 'bad'), suite('Secret'));
  const none = await chart(join(folder, 'none'));
  const results = await testCharts([good, bad, none], console.log);
  expect(results).toMatchObject([
    { chart: good, suites: 1, ok: true, tests: { passed: 2, total: 2 } },
    { chart: bad, suites: 1, ok: false, tests: { failed: 1, passed: 1, total: 2 } },
    { chart: none, suites: 0, ok: true, tests: {} },
  ]);
  expect(results[1]?.output).toContain('Expected to be kind');
});

test('suites that several processes share count together', async () => {
  const path = await chart(await temporaryFolder(), suite('ConfigMap'));
  const names = ['tests/[bad]_test.yaml', 'tests/good*_test.yaml', 'tests/good**_test.yaml'];
  await writeFile(join(path, names[0] ?? ''), suite('Secret'));
  await writeFile(join(path, names[1] ?? ''), suite('ConfigMap'));
  await writeFile(join(path, names[2] ?? ''), suite('ConfigMap'));
  const [result] = await testCharts([path], console.log);
  expect(result).toMatchObject({ suites: 4, ok: false, tests: { failed: 1, passed: 7, total: 8 } });
  expect(result?.output).toContain('[bad]_test.yaml');
});

test('suites of subcharts are run as well', async () => {
  const path = await chart(await temporaryFolder(), suite('ConfigMap'));
  await writeFile(join(path, 'tests/other_test.yaml'), suite('ConfigMap'));
  await chart(join(path, 'charts/sub'), suite('ConfigMap'));
  await writeFile(
    join(path, 'charts/sub/Chart.yaml'),
    'apiVersion: v2\nname: sub\nversion: 1.0.0\n',
  );
  await rename(
    join(path, 'charts/sub/tests/map_test.yaml'),
    join(path, 'charts/sub/tests/sub_test.yaml'),
  );
  const [result] = await testCharts([path], console.log);
  expect(result).toMatchObject({ suites: 2, ok: true, tests: { passed: 6, total: 6 } });
});

test('a suite with a misspelt key fails', async () => {
  const path = await chart(await temporaryFolder(), `${suite('ConfigMap')}    sets: { a: b }\n`);
  const [result] = await testCharts([path], console.log);
  expect(result).toMatchObject({ ok: false });
});

test('the chart is left as it was, also by snapshots', async () => {
  const folder = await temporaryFolder();
  const path = await chart(join(folder, 'chart'), suite('ConfigMap'));
  await cp(path, join(folder, 'before'), { recursive: true });
  await testCharts([path], console.log);
  const list = (directory: string) => readdir(directory, { recursive: true });
  expect(await list(path)).toEqual(await list(join(folder, 'before')));
});

test('a chart that cannot be copied is told', async () => {
  const path = await chart(join(await temporaryFolder(), 'chart'), suite('ConfigMap'));
  execFileSync('mkfifo', [join(path, 'pipe')]);
  const error: unknown = await testCharts([path], console.log).catch((reason: unknown) => reason);
  expect(error).toMatchObject({ code: 'FILE_SYSTEM' });
  expect(String(error)).toContain(`copying ${path}`);
});
