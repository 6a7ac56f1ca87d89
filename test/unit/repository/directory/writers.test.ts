import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { silent } from '../../../../generator/src/progress.ts';
import { indexDirectory } from '../../../../generator/src/repository/directory/index-directory.ts';
import { temporaryFolder } from '../../fileset/fixture.ts';
import { litterIn, publishedIn } from './fixture.ts';

const CHILD = fileURLToPath(new URL('writer-child.ts', import.meta.url));
const FOLDERS = 5;
const ROUNDS = 20;
const FOREVER = 1_000_000;
const TIMEOUT = 1_800_000;

interface Writer {
  process: ChildProcess;
  /** Resolves when it has published so many versions, or has ended. */
  published: (count: number) => Promise<void>;
  ended: Promise<unknown>;
  /** `<chart> <version>` of what it says is published. */
  done: () => string[];
}

function startWriter(folder: string, chart: string, count: number, cache: string): Writer {
  const child = spawn(process.execPath, [CHILD, folder, temporaryFolder(), chart, String(count)], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, NODE_COMPILE_CACHE: cache },
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  const ended = once(child, 'close');
  const done = () => output.split('\n').slice(1, -1);
  const published = async (count: number) => {
    // Its first line says that it begins.
    while (output.split('\n').length - 2 < count && child.exitCode === null)
      await Promise.race([once(child.stdout, 'data'), ended]);
  };
  return { process: child, published, ended, done };
}

/** How long one publication takes on this machine, in milliseconds. */
async function publicationTime(cache: string): Promise<number> {
  const writer = startWriter(temporaryFolder(), 'a', 10, cache);
  await writer.published(0);
  const start = performance.now();
  await writer.ended;
  expect(writer.done()).toHaveLength(10);
  return (performance.now() - start) / 10;
}

/** The same numbers between 0 and 1 for the same seed (Numerical Recipes' generator). */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

test('what several processes publish and index at once ends in the union', async () => {
  const [folder, cache] = [temporaryFolder(), temporaryFolder()];
  const writers = ['a', 'b', 'c'].map((chart) => startWriter(folder, chart, 12, cache));
  await Promise.all(writers.map(({ ended }) => ended));
  const done = writers.flatMap((writer) => writer.done());
  expect(done).toHaveLength(36);
  expect(publishedIn(folder).toSorted()).toEqual(done.toSorted());
  expect(litterIn(folder)).toEqual([]);
});

test(
  `killed ${FOLDERS * ROUNDS * 2} times at random, two at once, writers leave a whole repository`,
  async () => {
    const random = randomNumbers(20261121);
    const cache = temporaryFolder();
    // One that ends leaves its compiled code to the others.
    await startWriter(temporaryFolder(), 'a', 1, cache).ended;
    const longestLife = 4 * (await publicationTime(cache));
    let unfinished = 0;
    for (let i = 0; i < FOLDERS; i += 1) {
      const folder = temporaryFolder();
      const done: string[] = [];
      for (let round = 0; round < ROUNDS; round += 1) {
        const writers = ['a', 'b'].map((name) =>
          startWriter(folder, `${name}${round}`, FOREVER, cache),
        );
        await Promise.all(
          writers.map(async (writer, number) => {
            // In every other round one of them has published something before.
            await writer.published(number === 0 ? round % 2 : 0);
            await sleep(random() * longestLife);
            writer.process.kill('SIGKILL');
            await writer.ended;
            expect(writer.process.signalCode).toBe('SIGKILL');
          }),
        );
        done.push(...writers.flatMap((writer) => writer.done()));
        expect(publishedIn(folder)).toEqual(expect.arrayContaining(done));
        if (litterIn(folder).length > 0) unfinished += 1;
      }
      await indexDirectory(folder, { progress: silent });
      const archives = readdirSync(folder).filter((name) => name.endsWith('.tgz'));
      const published = publishedIn(folder).map((version) => `${version.replace(' ', '-')}.tgz`);
      expect(published.toSorted()).toEqual(archives.toSorted());
      expect(litterIn(folder)).toEqual([]);
      expect(done.length).toBeGreaterThanOrEqual(ROUNDS / 2);
    }
    // They do little else than write: that none of so many is killed at it cannot be.
    expect(unfinished).toBeGreaterThan(0);
  },
  TIMEOUT,
);
