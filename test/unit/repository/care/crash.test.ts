import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { silent } from '../../../../generator/src/progress.ts';
import { prune } from '../../../../generator/src/repository/care/prune.ts';
import { restore } from '../../../../generator/src/repository/care/yank.ts';
import { readDirectoryIndex } from '../../../../generator/src/repository/directory/directory-index.ts';
import { RETIRED_INDEX } from '../../../../generator/src/repository/retired-index.ts';
import { textsIn } from '../../fileset/fixture.ts';
import { listing, namesOf, repositoryFolder } from './fixture.ts';

const CHILD = fileURLToPath(new URL('crash-child.ts', import.meta.url));
const NEWER = listing('demo', '1.0.1');
const OLDER = listing('demo', '1.0.0');
const RETIRED = listing('demo', '1.0.0', { urls: ['../demo-1.0.0.tgz'] });

const ACTIONS = {
  prune: {
    start: () => repositoryFolder([NEWER, OLDER]),
    run: (folder: string) => prune(folder, { keep: 1 }, { progress: silent }),
  },
  restore: {
    start: () => repositoryFolder([NEWER], [RETIRED]),
    run: (folder: string) =>
      restore(folder, [{ chart: 'demo', version: '1.0.0' }], { progress: silent }),
  },
};

beforeEach(() => {
  vi.stubEnv('SOURCE_DATE_EPOCH', '1700000000');
});
afterEach(() => {
  vi.unstubAllEnvs();
});

/** False where the action came to its end before. */
function killedAt(step: number, folder: string, action: string): boolean {
  const args = [CHILD, folder, action, String(step)];
  const { signal, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  if (signal === null) expect(stderr).toBe('');
  return signal !== null;
}

/** The versions of both indexes, which have to be whole. */
async function listedVersions(folder: string): Promise<Set<string>> {
  const indexes = await Promise.all([
    readDirectoryIndex(folder),
    readDirectoryIndex(folder, RETIRED_INDEX),
  ]);
  expect(indexes.flatMap(({ problems }) => problems)).toEqual([]);
  return new Set(indexes.flatMap(({ document }) => namesOf(document)));
}

test.each(['prune', 'restore'] as const)(
  'a %s killed at any step loses no entry, and the next one ends it',
  async (action) => {
    const { start, run } = ACTIONS[action];
    const clean = start();
    await run(clean);
    let step = 0;
    for (; ; step += 1) {
      const folder = start();
      if (!killedAt(step, folder, action)) break;
      const all = new Set(['demo 1.0.1', 'demo 1.0.0']);
      expect(await listedVersions(folder), `killed at step ${step}`).toEqual(all);
      await run(folder);
      expect(textsIn(folder), `killed at step ${step}`).toEqual(textsIn(clean));
    }
    expect(step).toBeGreaterThan(10);
  },
);
