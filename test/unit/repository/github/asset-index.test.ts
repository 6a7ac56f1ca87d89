import { describe, expect, test } from 'vitest';
import type { ChartArchive } from '../../../../generator/src/archive/archive.ts';
import { GitHubStore } from '../../../../generator/src/repository/github/github-store.ts';
import { readIndex } from '../../../../generator/src/repository/index-file/document.ts';
import { archiveOf } from '../../archive/fixture.ts';
import type { Answer } from '../git/http-remote.ts';
import { tipOf } from '../git/fixture.ts';
import { FakeGitHub, type Settings } from './fake.ts';

const TARGET = 'github:ada/charts@index';

/** What GitHub has by now: nothing, or the releases of demo 1.0.0 and of the index, which is empty. */
type Before = 'nothing' | 'releases';

/** GitHub takes a write a second: most of them are done already. */
async function start(settings: Settings = {}, before: Before = 'releases') {
  const fake = new FakeGitHub(settings);
  const environment = await fake.listen();
  if (before === 'releases') {
    const { fileName: name, bytes } = await archiveOf();
    const asset = {
      id: fake.nextId(),
      name,
      bytes: Buffer.from(bytes),
      state: 'uploaded' as const,
    };
    fake.addRelease({ tag: 'demo-1.0.0', assets: [asset] });
    put(fake, {});
  }
  const publish = (...archives: ChartArchive[]) =>
    new GitHubStore(TARGET, { environment }).publish(archives, () => undefined);
  const plan = (...archives: ChartArchive[]) =>
    new GitHubStore(TARGET, { environment }).plan(archives);
  const writes = () => fake.requests.filter((line) => !line.startsWith('GET'));
  return { fake, environment, publish, plan, writes };
}

/** The files of the release that holds the index, by name. */
function filesOf({ releases }: FakeGitHub): Record<string, Buffer> {
  const assets = releases.find(({ tag }) => tag === 'index')?.assets ?? [];
  return Object.fromEntries(assets.map(({ name, bytes }) => [name, bytes]));
}

/** `<chart> <version>` of what an index lists. */
function listedIn(bytes: Buffer | undefined): string[] {
  const { document, problems } = readIndex(bytes ?? Buffer.of(), 'index.yaml');
  expect(problems).toEqual([]);
  return [...document.charts.values()].flat().map(({ chart, version }) => `${chart} ${version}`);
}

/** What clients read; it is the last state of the index, and nothing else is there. */
function served(fake: FakeGitHub, number: number): string[] {
  const files = filesOf(fake);
  expect(Object.keys(files).toSorted()).toEqual([`index-${number}.yaml`, 'index.yaml']);
  expect(files[`index-${number}.yaml`]).toEqual(files['index.yaml']);
  return listedIn(files['index.yaml']);
}

/** An index by hand, of charts in version 1.0.0. */
function indexOf(...charts: string[]): Buffer {
  const entries = charts.map(
    (name) =>
      `  ${name}:\n  - {name: ${name}, version: 1.0.0, apiVersion: v2, digest: ${'a'.repeat(64)}, created: "2026-01-01T00:00:00Z", urls: ["https://example.com/${name}-1.0.0.tgz"]}\n`,
  );
  return Buffer.from(
    `apiVersion: v1\nentries:\n${entries.join('')}generated: "2026-01-01T00:00:00Z"\n`,
  );
}

function put(fake: FakeGitHub, files: Record<string, Buffer>): void {
  const release =
    fake.releases.find(({ tag }) => tag === 'index') ?? fake.addRelease({ tag: 'index' });
  release.assets = Object.entries(files).map(([name, bytes]) => {
    return { id: fake.nextId(), name, bytes, state: 'uploaded' as const };
  });
}

/** Acts at the first request that fits. */
function once(pattern: RegExp, act: (...args: Parameters<Answer>) => boolean): Answer {
  let isDone = false;
  return (line, request, response) => {
    if (isDone || !pattern.test(line)) return false;
    isDone = true;
    return act(line, request, response);
  };
}

const RENAME = /^PATCH .*\/assets\//;

describe('the index as a file of a release', () => {
  test('is made with the release, which is never the latest, after those of the charts', async () => {
    const { fake, environment, publish, plan, writes } = await start({}, 'nothing');
    const archive = await archiveOf();
    expect(await plan(archive)).toMatchObject({ additions: [{ name: 'demo' }] });
    expect(writes()).toEqual([]);
    expect(await publish(archive)).toMatchObject({ additions: [{ name: 'demo' }] });
    expect(served(fake, 1)).toEqual(['demo 1.0.0']);
    expect(fake.releases).toMatchObject([
      { tag: 'demo-1.0.0', isDraft: false },
      {
        ...{ tag: 'index', isDraft: false, isPrerelease: false, makeLatest: 'false' },
        body: `The index of the charts: \`helm repo add NAME ${environment.GITHUB_SERVER_URL}/ada/charts/releases/download/index\``,
      },
    ]);
    expect(tipOf(fake.repository)).toBe('');
  });

  test('gains what is new, and has one state', async () => {
    const { fake, publish } = await start();
    await publish(await archiveOf());
    await publish(await archiveOf('demo', '1.1.0'));
    expect(served(fake, 2)).toEqual(['demo 1.1.0', 'demo 1.0.0']);
  });

  test('stays as it is for what is there', async () => {
    const { publish, writes } = await start({ hasNoDigests: true });
    const archive = await archiveOf();
    await publish(archive);
    const before = writes();
    expect(await publish(archive)).toMatchObject({ additions: [], unchanged: [{ name: 'demo' }] });
    expect(writes()).toEqual(before);
  });

  test('keeps what one that was made by hand lists', async () => {
    const { fake, publish } = await start();
    put(fake, { 'index.yaml': indexOf('other') });
    await publish(await archiveOf());
    expect(served(fake, 1)).toEqual(['demo 1.0.0', 'other 1.0.0']);
  });

  test('is served again where another run was stopped before that', async () => {
    const { fake, publish } = await start();
    const archive = await archiveOf();
    await publish(archive);
    const last = filesOf(fake)['index.yaml'] ?? Buffer.of();
    put(fake, {
      'index.yaml': indexOf('other'),
      'index-1.yaml': indexOf('other'),
      'index-2.yaml': last,
      'index-2-draft-0f.yaml': indexOf(),
      'index-2-copy.yaml': Buffer.of(1),
    });
    expect(await publish(archive)).toMatchObject({ additions: [] });
    expect(served(fake, 2)).toEqual(['demo 1.0.0']);
  });
});

describe('two publishers', () => {
  test('another one is first with the same number', async () => {
    const { fake, publish } = await start({
      intercept: once(RENAME, () => {
        put(fake, { ...filesOf(fake), 'index-1.yaml': indexOf('other') });
        return false;
      }),
    });
    expect(await publish(await archiveOf())).toMatchObject({ additions: [{ name: 'demo' }] });
    expect(served(fake, 2)).toEqual(['demo 1.0.0', 'other 1.0.0']);
  });

  test('others go on while one sleeps, and its number is free again', async () => {
    const { fake, publish } = await start({
      intercept: once(RENAME, () => {
        const release = fake.releases.find(({ tag }) => tag === 'index');
        const draft = release?.assets.find(({ name }) => name.includes('draft'));
        put(fake, { 'index-3.yaml': indexOf('other', 'third'), 'index.yaml': indexOf('other') });
        if (draft) release?.assets.push(draft);
        return false;
      }),
    });
    put(fake, { 'index-1.yaml': indexOf('other') });
    await publish(await archiveOf());
    expect(served(fake, 4)).toEqual(['demo 1.0.0', 'other 1.0.0', 'third 1.0.0']);
  });

  test('another one serves an older index in between', async () => {
    let renames = 0;
    const { fake, publish } = await start({
      intercept: (line) => {
        if (!RENAME.test(line)) return false;
        renames += 1;
        if (renames === 2) put(fake, { ...filesOf(fake), 'index.yaml': indexOf('other') });
        return false;
      },
    });
    put(fake, { 'index-1.yaml': indexOf('other'), 'index.yaml': indexOf('other') });
    await publish(await archiveOf());
    expect(renames).toBe(3);
    expect(served(fake, 2)).toEqual(['demo 1.0.0', 'other 1.0.0']);
  });
});

describe('what fails in passing', () => {
  test('the answer to a rename is lost, and to it tried again', async () => {
    let lost = 0;
    const { fake, publish } = await start({
      intercept: (line, _, response) => {
        if (lost === 3 || !RENAME.test(line)) return false;
        lost += 1;
        response.end = () => response.destroy();
        return false;
      },
    });
    expect(await publish(await archiveOf())).toMatchObject({ additions: [{ name: 'demo' }] });
    expect(served(fake, 1)).toEqual(['demo 1.0.0']);
  });

  test('an index is uploaded in part', async () => {
    const { fake, publish } = await start({
      intercept: once(/assets\?name=index-1-draft/, (line, _, response) => {
        const [, name = ''] = /name=([^&]*)/.exec(line) ?? [];
        const release = fake.releases.find(({ tag }) => tag === 'index');
        release?.assets.push({ id: fake.nextId(), name, bytes: Buffer.of(1), state: 'uploaded' });
        response.writeHead(201, { 'content-type': 'application/json' }).end('{"id": 1}');
        return true;
      }),
    });
    await publish(await archiveOf());
    expect(served(fake, 1)).toEqual(['demo 1.0.0']);
  });
});

describe('refused', () => {
  test('a repository whose releases are immutable, before anything is written', async () => {
    const { fake, publish, plan, writes } = await start({ isImmutable: true }, 'nothing');
    fake.addRelease({ tag: 'demo-0.9.0' });
    const archive = await archiveOf();
    for (const attempt of [plan, publish])
      await expect(attempt(archive)).rejects.toMatchObject({
        code: 'DENIED',
        message: 'release demo-0.9.0 is immutable, and an index changes',
        next: expect.stringContaining('#gh-pages') as string,
      });
    expect(writes()).toEqual([]);
  });

  test('an index that cannot be read, by the address that people know', async () => {
    const { fake, environment, publish } = await start();
    put(fake, { 'index.yaml': Buffer.from('a: [') });
    const url = `${environment.GITHUB_SERVER_URL}/ada/charts/releases/download/index/index.yaml`;
    await expect(publish(await archiveOf())).rejects.toMatchObject({
      code: 'INDEX_INVALID',
      message: expect.stringContaining(url) as string,
    });
  });

  test('a pull request', () => {
    expect(() => new GitHubStore(TARGET, { pullRequest: true })).toThrow('is on no branch');
  });
});
