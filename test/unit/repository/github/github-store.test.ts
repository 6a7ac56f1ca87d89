import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import type { ChartArchive } from '../../../../generator/src/archive/archive.ts';
import { packFiles } from '../../../../generator/src/archive/pack.ts';
import { sha256 } from '../../../../generator/src/files/digest.ts';
import { GitHubStore } from '../../../../generator/src/repository/github/github-store.ts';
import { readIndex } from '../../../../generator/src/repository/index-file/document.ts';
import type { PublishPlan } from '../../../../generator/src/repository/store.ts';
import { archiveOf, chartYaml, fileSet } from '../../archive/fixture.ts';
import { signed } from '../directory/fixture.ts';
import { bytesOn, filesOn, pushFiles, tipOf } from '../git/fixture.ts';
import { FakeGitHub, type Settings, TOKEN } from './fake.ts';

const TARGET = 'github:ada/charts';

async function start(settings: Settings = {}) {
  const fake = new FakeGitHub(settings);
  const environment = await fake.listen();
  const messages: string[] = [];
  const publish = (archives: readonly ChartArchive[], more: Record<string, string> = {}) =>
    new GitHubStore(TARGET, { environment: { ...environment, ...more } }).publish(
      archives,
      (message) => messages.push(message),
    );
  const plan = (archives: readonly ChartArchive[]) =>
    new GitHubStore(TARGET, { environment }).plan(archives);
  return { fake, environment, messages, publish, plan };
}

/** `<chart> <version> <url> <digest>` of what the index lists. */
function listed({ repository }: FakeGitHub): string[] {
  const { document, problems } = readIndex(bytesOn(repository, 'index.yaml'), 'index.yaml');
  expect(problems).toEqual([]);
  return [...document.charts.values()]
    .flat()
    .map(({ chart, version, urls: [url], digest }) => `${chart} ${version} ${url} ${digest}`);
}

const named = ({ uploads, additions, unchanged, provenance }: PublishPlan) => ({
  uploads: uploads.map(({ fileName }) => fileName),
  additions: additions.map(({ version }) => version),
  unchanged: unchanged.map(({ version }) => version),
  provenance,
});

describe('publishing', () => {
  test('makes a release with archive, provenance and notes, then lists it', async () => {
    const { fake, environment, publish, plan } = await start();
    const archive = signed(await archiveOf('demo', '1.0.0+a'));
    const file = 'demo-1.0.0+a.tgz';
    const first = {
      uploads: [file],
      additions: ['1.0.0+a'],
      unchanged: [],
      provenance: [`${file}.prov`],
    };
    expect(named(await plan([archive]))).toEqual(first);
    expect(fake.releases).toEqual([]);
    expect(named(await publish([archive]))).toEqual(first);
    expect(fake.state()).toEqual([
      {
        id: undefined,
        tag: 'demo-1.0.0+a',
        body: '<!-- published by spark-charts -->',
        isDraft: false,
        isPrerelease: false,
        commit: undefined,
        assets: [
          `${file} uploaded ${archive.digest}`,
          `${file}.prov uploaded ${sha256(archive.provenance)}`,
        ],
      },
    ]);
    const url = `${environment.GITHUB_SERVER_URL}/ada/charts/releases/download/demo-1.0.0+a/${file}`;
    expect(listed(fake)).toEqual([`demo 1.0.0+a ${url} ${archive.digest}`]);
    expect(filesOn(fake.repository)).toEqual(['.nojekyll', 'index.yaml']);
    // Files are in a draft, and checked, before it is published.
    const writes = fake.requests.filter((line) => !line.startsWith('GET'));
    expect(writes).toEqual([
      'POST /releases',
      'POST /releases/1/assets',
      'POST /releases/1/assets',
      'PATCH /releases/1',
    ]);
    expect(fake.requests.at(fake.requests.indexOf('PATCH /releases/1') - 1)).toBe(
      'GET /releases/1/assets',
    );
  });

  test('a second time changes nothing, not for another signature either', async () => {
    const { fake, publish } = await start();
    const archive = await archiveOf();
    await publish([signed(archive)]);
    const [state, tip, requests] = [fake.state(), tipOf(fake.repository), fake.requests.length];
    const again = await publish([signed(archive, 'another')]);
    expect(named(again)).toEqual({
      ...{ uploads: [], additions: [], provenance: [] },
      unchanged: ['1.0.0'],
    });
    expect([fake.state(), tipOf(fake.repository)]).toEqual([state, tip]);
    expect(fake.requests.slice(requests).filter((line) => !line.startsWith('GET'))).toEqual([]);
  });

  test('other bytes under a released version are refused with both digests', async () => {
    const { fake, publish, plan } = await start({ hasNoDigests: true });
    const archive = await archiveOf();
    await publish([archive]);
    const state = fake.state();
    const other = await archiveOf('demo', '1.0.0', 'a: 2\n');
    const more = await archiveOf('demo', '2.0.0');
    for (const attempt of [plan, publish]) {
      const error = inspect(await attempt([more, other]).catch((reason: unknown) => reason));
      expect(error).toContain("code: 'VERSION_EXISTS'");
      for (const digest of [archive.digest, other.digest]) expect(error).toContain(digest);
    }
    expect(fake.state()).toEqual(state);
  });

  test('notes are those of the version, a pre-release is one, and an action has its commit', async () => {
    const { fake, publish } = await start();
    const changelog =
      '# Changes\n\n## 1.1.0-rc.1\n\n- New\n\n## 1.0.1\n\n- Fixed\n\n## 1.0.0\n\n- Old\n';
    const files = fileSet({
      'Chart.yaml': chartYaml('demo', '1.1.0-rc.1'),
      'CHANGELOG.md': changelog,
    });
    fake.addRelease({ tag: 'demo-1.0.0' });
    fake.addRelease({ tag: 'demo-2.0.0' });
    fake.addRelease({ tag: 'demo-other-1.0.1' });
    await publish([await packFiles(files, 'demo')], {
      GITHUB_REPOSITORY: 'Ada/charts',
      GITHUB_SHA: 'f00',
    });
    const release = fake.releases.find(({ tag }) => tag === 'demo-1.1.0-rc.1');
    expect(release).toMatchObject({ isPrerelease: true, commit: 'f00' });
    expect(release?.body).toContain('- New');
    expect(release?.body).toContain('- Fixed');
    expect(release?.body).not.toContain('- Old');
  });

  test('looks at all pages of releases and files', async () => {
    const { fake, publish } = await start({ pageSize: 2 });
    const archive = await archiveOf();
    const assets = ['a', 'b', archive.fileName].map((name) => ({
      ...{ id: fake.nextId(), name, state: 'uploaded' as const },
      bytes: name === archive.fileName ? Buffer.from(archive.bytes) : Buffer.of(),
    }));
    for (const tag of ['a', 'b', 'c']) fake.addRelease({ tag });
    fake.addRelease({ tag: 'demo-1.0.0', assets });
    expect(named(await publish([archive]))).toMatchObject({ uploads: [], additions: ['1.0.0'] });
    expect(fake.releases).toHaveLength(4);
  });

  test('a version that the branch itself holds stays listed as it is', async () => {
    const { fake, publish } = await start();
    const archive = await archiveOf();
    const entry = `{name: demo, version: 1.0.0, apiVersion: v2, digest: ${archive.digest}, created: "2026-01-01T00:00:00Z", urls: [demo-1.0.0.tgz]}`;
    pushFiles(fake.repository, {
      'index.yaml': `apiVersion: v1\nentries:\n  demo:\n  - ${entry}\ngenerated: "2026-01-01T00:00:00Z"\n`,
    });
    const tip = tipOf(fake.repository);
    expect(named(await publish([archive]))).toMatchObject({
      uploads: [archive.fileName],
      additions: [],
    });
    expect(tipOf(fake.repository)).toBe(tip);
  });
});

describe('what an earlier run has left', () => {
  test('drafts of ours are removed, those of people stay', async () => {
    const { fake, publish } = await start();
    const body = '<!-- published by spark-charts -->';
    fake.addRelease({ tag: 'demo-1.0.0', isDraft: true, body });
    fake.addRelease({ tag: 'demo-1.0.0', isDraft: true, body: 'Soon' });
    fake.addRelease({ tag: 'other-1.0.0', isDraft: true, body });
    await publish([await archiveOf()]);
    const shown = fake.releases.map(({ tag, isDraft, body: text }) => [tag, isDraft, text]);
    expect(shown).toEqual([
      ['demo-1.0.0', true, 'Soon'],
      ['other-1.0.0', true, body],
      ['demo-1.0.0', false, body],
    ]);
  });

  test('what is published is never removed', async () => {
    const { fake, publish } = await start();
    const archive = await archiveOf();
    const body = '<!-- published by spark-charts -->';
    for (const tag of ['demo-1.0.0', 'demo-1.0.0']) {
      const bytes = Buffer.from(archive.bytes);
      const asset = { id: fake.nextId(), name: archive.fileName, bytes };
      fake.addRelease({ tag, body, assets: [{ ...asset, state: 'uploaded' }] });
    }
    await publish([archive]);
    expect(fake.releases).toHaveLength(2);
  });

  test('a file of a release that was uploaded in part is replaced', async () => {
    const { fake, publish } = await start();
    const archive = await archiveOf();
    const asset = { id: fake.nextId(), name: archive.fileName, bytes: Buffer.of(1) };
    fake.addRelease({ tag: 'demo-1.0.0', assets: [{ ...asset, state: 'starter' }] });
    await publish([archive]);
    expect(fake.releases.map(({ assets }) => assets.map(({ bytes }) => sha256(bytes)))).toEqual([
      [archive.digest],
    ]);
  });

  test('a release that is immutable and lacks a file is refused before anything is written', async () => {
    const { fake, publish } = await start({ isImmutable: true });
    fake.addRelease({ tag: 'demo-1.0.0' });
    const archives = [await archiveOf('demo', '0.9.0'), await archiveOf()];
    await expect(publish(archives)).rejects.toMatchObject({
      code: 'DENIED',
      message: 'release demo-1.0.0 is immutable, and does not have demo-1.0.0.tgz',
      next: expect.stringContaining('Raise `version`') as string,
    });
    expect(fake.releases).toHaveLength(1);
    expect(tipOf(fake.repository)).toBe('');
  });

  test('provenance of another archive is refused', async () => {
    const { fake, publish } = await start();
    const other = signed(await archiveOf('demo', '1.0.0', 'a: 2\n'));
    const asset = { id: fake.nextId(), name: 'demo-1.0.0.tgz.prov', state: 'uploaded' as const };
    fake.addRelease({
      tag: 'demo-1.0.0',
      assets: [{ ...asset, bytes: Buffer.from(other.provenance) }],
    });
    await expect(publish([signed(await archiveOf())])).rejects.toMatchObject({
      code: 'PROVENANCE_INVALID',
    });
  });
});

test('releases that are immutable are published whole', async () => {
  const { fake, publish } = await start({ isImmutable: true });
  await publish([signed(await archiveOf())]);
  expect(fake.releases.map(({ isDraft, assets }) => [isDraft, assets.length])).toEqual([
    [false, 2],
  ]);
});

test('nobody sees the token', async () => {
  const { environment, messages, publish } = await start({ isReadOnly: true });
  const error = inspect(await publish([await archiveOf()]).catch((reason: unknown) => reason), {
    depth: 20,
    showHidden: true,
  });
  expect(error).toContain("code: 'DENIED'");
  expect(error).toContain('contents: write');
  expect(error).toContain('Resource not accessible by integration');
  expect(error + messages.join('\n')).not.toContain(TOKEN);
  expect(environment.GITHUB_TOKEN).toBe(TOKEN);
});

test('without a token nothing is asked', async () => {
  const { fake, publish } = await start();
  await expect(publish([await archiveOf()], { GITHUB_TOKEN: '' })).rejects.toMatchObject({
    code: 'DENIED',
    next: expect.stringContaining('contents: write') as string,
  });
  expect(fake.requests).toEqual([]);
});

test('the branch can be another one', async () => {
  const { fake, environment } = await start();
  await new GitHubStore(`${TARGET}#pages:stable`, { environment }).publish(
    [await archiveOf()],
    () => undefined,
  );
  expect(filesOn(fake.repository, 'pages')).toEqual(['.nojekyll', 'stable/index.yaml']);
});
