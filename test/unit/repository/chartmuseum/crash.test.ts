import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { silent } from '../../../../generator/src/progress.ts';
import { ChartMuseumStore } from '../../../../generator/src/repository/chartmuseum/chartmuseum-store.ts';
import { temporaryFolder } from '../../fileset/fixture.ts';
import { archiveOf } from '../../archive/fixture.ts';
import { signed } from '../directory/fixture.ts';
import { FakeChartMuseum } from './fake.ts';

const CHILD = fileURLToPath(new URL('publish-child.ts', import.meta.url));
/** Archives with provenance, in memory and as files. */
async function archivesToPublish() {
  const folder = temporaryFolder();
  const archives = [signed(await archiveOf()), signed(await archiveOf('demo', '1.1.0+a'))];
  const files = archives.map(({ fileName, bytes, provenance }) => {
    writeFileSync(join(folder, `${fileName}.prov`), provenance);
    writeFileSync(join(folder, fileName), bytes);
    return join(folder, fileName);
  });
  return { archives, files };
}

function publishInChild(target: string, files: readonly string[]): ChildProcess {
  return spawn(process.execPath, [CHILD, target, ...files], { stdio: 'inherit' });
}

/** A server with a publisher that is killed at a request. */
interface Killed {
  fake: FakeChartMuseum;
  target: string;
  /** The method of that request; undefined where it made fewer. */
  method: string | undefined;
}

/**
 * Runs a process that is killed when it makes a request, before that is answered.
 * @param isDone whether the server does what is asked all the same.
 */
async function killAt(files: readonly string[], request: number, isDone: boolean): Promise<Killed> {
  let made = 0;
  let method: string | undefined;
  let isOver = false;
  const fake = new FakeChartMuseum({
    intercept: (asked, _, forward) => {
      made += 1;
      if (isOver || made < request) return forward();
      child.kill('SIGKILL');
      method ??= asked.method;
      return isDone ? forward() : undefined;
    },
  });
  const { target } = await fake.listen();
  const child = publishInChild(target, files);
  await once(child, 'close');
  isOver = true;
  return { fake, target, method };
}

const sorted = ({ files }: FakeChartMuseum) => [...files].toSorted(([a], [b]) => (a < b ? -1 : 1));

test('killed at any request and run again it ends as if nothing had been', async () => {
  const { archives, files } = await archivesToPublish();
  const clean = new FakeChartMuseum();
  await new ChartMuseumStore((await clean.listen()).target).publish(archives, silent);
  expect(clean.files.size).toBe(4);
  const methods: string[] = [];
  const kill = async (isDone: boolean) => {
    const { fake, target, method } = await killAt(files, methods.length + 1, isDone);
    // What is there is whole, at any time.
    for (const [name, bytes] of fake.files) expect(bytes).toEqual(clean.files.get(name));
    await new ChartMuseumStore(target).publish(archives, silent);
    expect(sorted(fake)).toEqual(sorted(clean));
    return method;
  };
  for (let method = await kill(false); method !== undefined; method = await kill(false)) {
    if (method === 'POST') expect(await kill(true)).toBe('POST');
    methods.push(method);
  }
  // Each of two charts is looked at, uploaded and looked at again; then comes the index.
  expect(methods.toSorted().join(' ')).toBe(`${'GET '.repeat(13)}POST POST`);
});

test('two processes at once both succeed', async () => {
  const fake = new FakeChartMuseum();
  const { target } = await fake.listen();
  const { files } = await archivesToPublish();
  const children = [publishInChild(target, files), publishInChild(target, files)];
  const codes = await Promise.all(
    children.map(async (child) => {
      const [code] = (await once(child, 'close')) as [number | null];
      return code;
    }),
  );
  expect(codes).toEqual([0, 0]);
  expect(fake.files.size).toBe(4);
});
