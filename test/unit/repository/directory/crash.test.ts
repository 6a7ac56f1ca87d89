import { execFile, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, expect, test, vi } from 'vitest';
import { sha256 } from '../../../../generator/src/files/digest.ts';
import { lockOf } from '../../../../generator/src/files/lock.ts';
import { silent } from '../../../../generator/src/progress.ts';
import { DirectoryStore } from '../../../../generator/src/repository/directory/directory-store.ts';
import { readIndex } from '../../../../generator/src/repository/index-file/document.ts';
import { archiveOf } from '../../archive/fixture.ts';
import { temporaryFolder, textsIn } from '../../fileset/fixture.ts';

const CHILD = fileURLToPath(new URL('crash-child.ts', import.meta.url));
const NEVER = '-1';

afterEach(() => {
  vi.unstubAllEnvs();
});

async function archiveFiles(names: readonly string[]): Promise<string[]> {
  const folder = temporaryFolder();
  return Promise.all(
    names.map(async (name) => {
      const { bytes, fileName } = await archiveOf(name);
      const file = join(folder, fileName);
      writeFileSync(file, bytes);
      return file;
    }),
  );
}

/** Every entry's archive is there and is the one that the index names; the names of the charts. */
function chartsIn(folder: string): string[] {
  const file = join(folder, 'index.yaml');
  if (!existsSync(file)) return [];
  const { document, problems } = readIndex(readFileSync(file), file);
  expect(problems).toEqual([]);
  for (const { urls, digest } of [...document.charts.values()].flat())
    expect(sha256(readFileSync(join(folder, urls[0] ?? '')))).toBe(digest);
  return [...document.charts.keys()];
}

test('a run killed at any step leaves a whole repository, and the next one ends it', async () => {
  vi.stubEnv('SOURCE_DATE_EPOCH', '1700000000');
  const files = await archiveFiles(['one', 'two']);
  const before = await archiveOf('before');
  const after = [before, await archiveOf('one'), await archiveOf('two')];
  const clean = temporaryFolder();
  await new DirectoryStore(clean).publish(after, silent);
  let step = 0;
  for (; ; step += 1) {
    const folder = temporaryFolder();
    await new DirectoryStore(folder).publish([before], silent);
    const { signal, stderr } = spawnSync(
      process.execPath,
      [CHILD, folder, String(step), ...files],
      { encoding: 'utf8' },
    );
    if (signal === null) {
      expect(stderr).toBe('');
      break;
    }
    expect([['before'], ['before', 'one', 'two']], `killed at step ${step}`).toContainEqual(
      chartsIn(folder),
    );
    await new DirectoryStore(folder).publish(after, silent);
    expect(textsIn(folder), `killed at step ${step}`).toEqual(textsIn(clean));
  }
  expect(step).toBeGreaterThan(20);
});

test('processes that publish to one folder at once all succeed', async () => {
  const names = ['a', 'b', 'c', 'd', 'e', 'f'];
  const files = await archiveFiles(names);
  const folder = temporaryFolder();
  // All of them find the lock of a run that was killed.
  writeFileSync(lockOf(folder), `${spawnSync(process.execPath, ['-v']).pid} ${hostname()}`);
  const run = promisify(execFile);
  await Promise.all(files.map((file) => run(process.execPath, [CHILD, folder, NEVER, file])));
  expect(chartsIn(folder)).toEqual(names);
  expect(readdirSync(folder).filter((name) => name.startsWith('.'))).toEqual([]);
});
