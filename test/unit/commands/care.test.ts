import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Json } from '../../../generator/src/model/types.ts';
import { runCli } from '../../support/cli.ts';
import { temporaryFolder, textsIn, write } from '../fileset/fixture.ts';
import { indexText, listing, repositoryFolder } from '../repository/care/fixture.ts';

const DEPENDENCIES = [{ name: 'base', repository: 'https://example.com', version: '1.0.0' }];

function folderWith(...more: Json[]): string {
  return repositoryFolder([listing('demo', '1.0.1'), listing('demo', '1.0.0'), ...more]);
}

test('prune says what goes and what is needed', async () => {
  const base = ['1.0.1', '1.0.0'].map((version) => listing('base', version));
  const folder = folderWith(listing('app', '1.0.0', { dependencies: DEPENDENCIES }), ...base);
  const before = textsIn(folder);
  const args = ['repo', 'prune', folder, '--keep', '1'];
  expect(await runCli([...args, '--dry-run'])).toEqual({
    exitCode: 0,
    stdout: `demo 1.0.0  would be retired
base 1.0.0  kept, app 1.0.0 depends on it
1 would be retired, 4 kept
`,
    stderr: '',
  });
  expect(textsIn(folder)).toEqual(before);
  const { stdout } = await runCli([...args, '--chart', 'demo', '--json']);
  expect(JSON.parse(stdout)).toEqual({
    retired: [{ name: 'demo', version: '1.0.0' }],
    needed: [],
    kept: 4,
  });
  expect(Object.keys(textsIn(folder))).toEqual(['archive/index.yaml', 'index.yaml']);
});

test('deprecate takes several charts and versions, and back', async () => {
  const folder = folderWith(listing('other', '2.0.0'));
  const before = textsIn(folder);
  const args = ['repo', 'deprecate', folder, 'demo@1.0.0', 'other'];
  const marked = await runCli([...args, '--reason', 'old']);
  expect(marked.stdout).toBe('demo 1.0.0  deprecated\nother 2.0.0  deprecated\n');
  const again = await runCli([...args, '--json']);
  expect(JSON.parse(again.stdout)).toMatchObject({ changed: [], unchanged: [{}, {}] });
  const { stdout } = await runCli([...args, '--undo']);
  expect(stdout).toBe('demo 1.0.0  no longer deprecated\nother 2.0.0  no longer deprecated\n');
  expect(textsIn(folder)).toEqual(before);
});

test('yank warns of what can no longer be had; undone all is there again', async () => {
  const folder = repositoryFolder([
    listing('base', '1.0.0'),
    listing('app', '1.0.0', { dependencies: DEPENDENCIES }),
  ]);
  const args = ['repo', 'yank', folder, 'base@1.0.0'];
  const yanked = await runCli([...args, '--reason', 'broken']);
  expect(yanked).toMatchObject({ exitCode: 0, stdout: 'base 1.0.0  yanked\n' });
  expect(yanked.stderr).toContain('nothing is left of base 1.0.0, which is needed by app 1.0.0');
  const again = await runCli([...args, '--reason', 'broken']);
  expect(again.stdout).toBe('base 1.0.0  was yanked already\n');
  const { stdout } = await runCli([...args, '--undo', '--json']);
  expect(JSON.parse(stdout)).toEqual({
    changed: [{ name: 'base', version: '1.0.0' }],
    unchanged: [],
    broken: [],
  });
});

test('diff compares files and folders, and exits with 0', async () => {
  const old = join(temporaryFolder(), 'old.yaml');
  write(old, indexText([listing('demo', '1.0.0')]));
  const folder = folderWith();
  const { exitCode, stdout } = await runCli(['repo', 'diff', old, folder]);
  expect([exitCode, stdout]).toEqual([
    0,
    `Added (1)
  demo 1.0.1

Newest stable version changed (1)
  demo: 1.0.0 → 1.0.1

1 version added, 0 removed, 0 retired, 0 with other bytes
`,
  ]);
  const same = await runCli(['repo', 'diff', folder, join(folder, 'index.yaml')]);
  expect(same.stdout).toBe('The two are the same.\n');
  const json = await runCli(['repo', 'diff', old, folder, '--json']);
  expect(JSON.parse(json.stdout)).toMatchObject({ added: [{ name: 'demo', version: '1.0.1' }] });
});

test.each([
  ['prune without a number', ['prune', '.'], /keep/],
  ['prune that would keep nothing', ['prune', '.', '--keep', '0'], /1/],
  [
    'prune of a folder without an index',
    ['prune', '.', '--keep', '1'],
    /index\.yaml does not exist/,
  ],
  ['prune of no folder', ['prune', 'none', '--keep', '1'], /none is no folder/],
  ['deprecate without a chart', ['deprecate', '.'], /chart/i],
  ['deprecate with a reason and undo', ['deprecate', '.', 'a', '--reason', 'b', '--undo'], /undo/],
  ['yank without a reason', ['yank', '.', 'demo@1.0.0'], /reason/],
  ['yank of a whole chart', ['yank', '.', 'demo', '--reason', 'x'], /demo names no version/],
  ['diff with one side', ['diff', '.'], /new/i],
  ['diff with what is not there', ['diff', 'none', 'none'], /none/],
])('%s is refused', async (_, args, message) => {
  const result = await runCli(['repo', ...args], { cwd: temporaryFolder() });
  expect(result).toMatchObject({ exitCode: 2, stdout: '' });
  expect(result.stderr).toMatch(message);
});

test('what is not listed is named with what may have been meant', async () => {
  const { exitCode, stdout } = await runCli([
    ...['repo', 'yank', folderWith(), 'demo@1.0.2', 'dmo@1.0.0'],
    ...['--reason', 'x', '--json'],
  ]);
  expect(exitCode).toBe(2);
  expect(JSON.parse(stdout)).toMatchObject({
    error: {
      code: 'USAGE',
      problems: [
        { message: 'demo has no version "1.0.2"', hint: 'did you mean "1.0.1"?' },
        { message: 'there is no chart "dmo"', hint: 'did you mean "demo"?' },
      ],
    },
  });
});
