import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { apply } from '../../../generator/src/fileset/index.ts';
import { recover } from '../../../generator/src/fileset/swap.ts';
import { chartsOf, temporaryFolder, type Texts, textsIn } from './fixture.ts';

const CHILD = fileURLToPath(new URL('crash-child.ts', import.meta.url));
const OLD: Record<string, Texts> = {
  a: { kept: '1', changed: '1', 'templates/removed': '1' },
  gone: { file: '1' },
};
const NEW: Record<string, Texts> = {
  a: { kept: '1', changed: '2', 'templates/added': '2' },
  b: { file: '2' },
};
const NEWER: Record<string, Texts> = {
  a: { changed: '3', 'templates/other': '3' },
  b: { file: '3' },
};

/** Runs the child on old charts; false when it was not killed because it had ended before. */
async function killedAt(folder: string, change: number): Promise<boolean> {
  await apply(folder, chartsOf(OLD), { complete: true });
  const { signal, status, stderr } = spawnSync(
    process.execPath,
    [CHILD, folder, String(change), JSON.stringify(NEW)],
    { encoding: 'utf8' },
  );
  if (signal === null) expect([status, stderr]).toEqual([0, '']);
  return signal !== null;
}

const treeOf = (folder: string, chart: string) =>
  existsSync(join(folder, chart)) ? textsIn(join(folder, chart)) : undefined;

test('a run killed at any change of the file system leaves whole charts and blocks no later run', async () => {
  let change = 0;
  for (; ; change += 1) {
    const folder = join(temporaryFolder(), 'charts');
    if (!(await killedAt(folder, change))) break;
    recover(folder);
    for (const chart of ['a', 'b', 'gone']) {
      expect([OLD[chart], NEW[chart]], `${chart} after change ${change}`).toContainEqual(
        treeOf(folder, chart),
      );
    }
    // The sources have changed since: what the killed run wrote must still count as ours.
    await apply(folder, chartsOf(NEWER), { complete: true });
    const fresh = join(temporaryFolder(), 'charts');
    await apply(fresh, chartsOf(NEWER), { complete: true });
    expect(textsIn(folder), `after change ${change}`).toEqual(textsIn(fresh));
  }
  expect(change).toBeGreaterThan(30);
});
