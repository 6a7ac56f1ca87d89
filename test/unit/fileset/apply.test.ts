import { execFileSync } from 'node:child_process';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, statSync, symlinkSync, utimesSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { lockFiles } from '../../../generator/src/files/lock.ts';
import { apply } from '../../../generator/src/fileset/index.ts';
import { chartsOf, temporaryFolder, type Texts, textsIn, write } from './fixture.ts';

const COMPLETE = { complete: true };

async function generated(texts: Record<string, Texts>): Promise<string> {
  const folder = join(temporaryFolder(), 'charts');
  await apply(folder, chartsOf(texts), COMPLETE);
  return folder;
}

describe('a folder of charts', () => {
  test('is made with the files, their digests and nothing else', async () => {
    const folder = await generated({ a: { 'Chart.yaml': 'a', 'templates/x.yaml': 'x' } });
    expect(Object.keys(textsIn(folder))).toEqual([
      '.generated/a',
      'a/Chart.yaml',
      'a/templates/x.yaml',
    ]);
    execFileSync('sha256sum', ['--check', '--strict', '../.generated/a'], {
      cwd: join(folder, 'a'),
    });
  });

  test('has readable files under any umask', async () => {
    const umask = process.umask(0o077);
    try {
      const folder = await generated({ a: { 'Chart.yaml': 'a' } });
      expect(statSync(join(folder, 'a/Chart.yaml')).mode & 0o777).toBe(0o644);
    } finally {
      process.umask(umask);
    }
  });

  test('follows the charts: files come, change and go', async () => {
    const folder = await generated({ a: { same: '1', old: '1', other: '1' } });
    const [plan] = await apply(
      folder,
      chartsOf({ a: { same: '1', new: '2', other: '2' } }),
      COMPLETE,
    );
    expect(plan).toEqual({
      chart: 'a',
      added: ['new'],
      changed: ['other'],
      removed: ['old'],
      unchanged: ['same'],
      refused: [],
    });
    expect(textsIn(join(folder, 'a'))).toEqual({ same: '1', new: '2', other: '2' });
  });

  test('keeps a chart that does not change as it is', async () => {
    const folder = await generated({ a: { file: '1' }, b: { file: '1' } });
    const before = statSync(join(folder, 'a')).ino;
    await apply(folder, chartsOf({ a: { file: '1' }, b: { file: '2' } }), COMPLETE);
    expect(statSync(join(folder, 'a')).ino).toBe(before);
  });

  test('gets a lost list back', async () => {
    const folder = await generated({ a: { file: '1' } });
    const texts = textsIn(folder);
    rmSync(join(folder, '.generated'), { recursive: true });
    await apply(folder, chartsOf({ a: { file: '1' } }), COMPLETE);
    expect(textsIn(folder)).toEqual(texts);
  });

  test('accepts a list with the marks of a merge', async () => {
    const folder = await generated({ a: { file: '1' } });
    const list = join(folder, '.generated/a');
    write(list, `<<<<<<< ours\n${textsIn(folder)['.generated/a'] ?? ''}=======\n>>>>>>> theirs\n`);
    await apply(folder, chartsOf({ a: { file: '2' } }), COMPLETE);
    expect(textsIn(join(folder, 'a'))).toEqual({ file: '2' });
  });
});

describe('charts that are no longer made', () => {
  test('go when all charts are made', async () => {
    const folder = await generated({ a: { file: '1' }, b: { file: '1' } });
    await apply(folder, chartsOf({ a: { file: '1' } }), COMPLETE);
    expect(Object.keys(textsIn(folder))).toEqual(['.generated/a', 'a/file']);
    expect(existsSync(join(folder, 'b'))).toBe(false);
  });

  test('stay when only some are made', async () => {
    const folder = await generated({ a: { file: '1' }, b: { file: '1' } });
    await apply(folder, chartsOf({ a: { file: '2' } }), { complete: false });
    expect(textsIn(join(folder, 'b'))).toEqual({ file: '1' });
  });
});

describe('work of people is never lost', () => {
  const cases: [string, (folder: string) => void, string][] = [
    [
      'an edited file',
      (folder) => {
        write(join(folder, 'a/file'), 'mine');
      },
      'a/file',
    ],
    [
      'a further file',
      (folder) => {
        write(join(folder, 'a/sub/mine'), 'mine');
      },
      'a/sub/mine',
    ],
    [
      'an unknown chart',
      (folder) => {
        write(join(folder, 'mine/Chart.yaml'), 'mine');
      },
      'mine/Chart.yaml',
    ],
    [
      'a file beside the charts',
      (folder) => {
        write(join(folder, 'mine.txt'), 'mine');
      },
      'mine.txt',
    ],
    [
      'an edited file of a chart that goes',
      (folder) => {
        write(join(folder, 'b/file'), 'mine');
      },
      'b/file',
    ],
    [
      'a symbolic link',
      (folder) => {
        symlinkSync('/etc', join(folder, 'a/link'));
      },
      'a/link',
    ],
  ];
  test.each(cases)('%s stops the run and is named', async (_, edit, path) => {
    const folder = await generated({ a: { file: '1' }, b: { file: '1' } });
    edit(folder);
    const before = textsIn(folder);
    const run = apply(folder, chartsOf({ a: { file: '2' } }), COMPLETE);
    await expect(run).rejects.toMatchObject({
      code: 'OUTPUT_NOT_OURS',
      problems: [{ file: join(folder, path) }],
    });
    expect(textsIn(folder)).toEqual(before);
  });

  test('an edit that says what the sources now say is no edit', async () => {
    const folder = await generated({ a: { file: '1' } });
    write(join(folder, 'a/file'), '2');
    await apply(folder, chartsOf({ a: { file: '2' } }), COMPLETE);
    expect(textsIn(join(folder, 'a'))).toEqual({ file: '2' });
  });
});

describe('symbolic links are not followed out of the folder', () => {
  test.each(['a', '.writing', '.generated'])('%s', async (name) => {
    const folder = join(temporaryFolder(), 'charts');
    const outside = temporaryFolder();
    mkdirSync(folder);
    write(join(outside, 'file'), 'precious');
    symlinkSync(outside, join(folder, name));
    const run = apply(folder, chartsOf({ a: { file: '1' } }), COMPLETE);
    await expect(run).rejects.toMatchObject({ code: 'OUTPUT_NOT_OURS' });
    expect(textsIn(outside)).toEqual({ file: 'precious' });
  });
});

test.each(['../b', '/etc/passwd', 'a//b', 'a\\b', 'a\nb'])(
  'a path like %j is never written',
  async (path) => {
    const folder = temporaryFolder();
    await expect(apply(folder, chartsOf({ a: { [path]: '1' } }), COMPLETE)).rejects.toThrow(
      'is no path',
    );
    expect(textsIn(folder)).toEqual({});
  },
);

test('what a killed run left of a lock is nothing a person made', async () => {
  const folder = join(temporaryFolder(), 'charts');
  for (const file of lockFiles(folder)) write(file, `${spawnSync('true').pid} ${hostname()}`);
  utimesSync(join(folder, '.lock.takeover'), 0, 0);
  await apply(folder, chartsOf({ a: { file: '1' } }), COMPLETE);
  write(join(folder, '.lock.takeover'), '');
  await apply(folder, chartsOf({ a: { file: '2' } }), COMPLETE);
  expect(textsIn(join(folder, 'a'))).toEqual({ file: '2' });
});
