import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import type { ChartArchive } from '../../../generator/src/archive/archive.ts';
import { silent } from '../../../generator/src/progress.ts';
import { publishTo } from '../../../generator/src/repository/publish.ts';
import { archiveOf } from '../archive/fixture.ts';
import { temporaryFolder } from '../fileset/fixture.ts';
import { failureOf } from '../network/server.ts';
import { publishedIn } from './directory/fixture.ts';
import { AUTHOR, bareRemote, targetOf } from './git/fixture.ts';

describe('several targets', () => {
  test('one that has other bytes stops all, and is named', async () => {
    const [first, second] = [temporaryFolder(), temporaryFolder()];
    await publishTo([second], [await archiveOf('demo', '1.0.0', 'a: 2')], { progress: silent });
    const run = publishTo([first, second], [await archiveOf()], { progress: silent });
    const error = await failureOf(run);
    expect(error).toMatchObject({ code: 'VERSION_EXISTS' });
    expect(error.message).toMatch(second);
    expect(error.problems.map(({ message }) => message)).toEqual([
      expect.stringMatching(`^${second}: demo 1.0.0 is sha256:`),
    ]);
    expect(publishedIn(first)).toEqual([]);
  });

  test('one that fails later keeps no other from being published to, which is said', async () => {
    const [first, second] = [temporaryFolder(), temporaryFolder()];
    const remote = bareRemote();
    mkdirSync(join(remote, 'hooks'), { recursive: true });
    writeFileSync(join(remote, 'hooks', 'pre-receive'), '#!/bin/sh\nexit 1\n', { mode: 0o755 });
    for (const [name, value] of Object.entries(AUTHOR)) vi.stubEnv(name, value);
    const said: string[] = [];
    const target = targetOf(remote);
    const error = await failureOf(
      publishTo([first, target, second], [await archiveOf()], {
        progress: (message) => said.push(message),
      }),
    ).finally(() => vi.unstubAllEnvs());
    expect(error).toMatchObject({ code: 'DENIED' });
    expect(error.message).toContain(`${target}: `);
    expect(said.filter((message) => message.startsWith('published'))).toEqual([
      `published to ${first}`,
      `published to ${second}`,
    ]);
    expect([first, second].map(publishedIn)).toEqual([['demo 1.0.0'], ['demo 1.0.0']]);
  });
});

test('where one target cannot overwrite safely, nothing is written to the others either', async () => {
  const [before, after] = [await archiveOf(), await archiveOf('demo', '1.0.0', 'a: 2')];
  const branch = targetOf(bareRemote());
  for (const [name, value] of Object.entries(AUTHOR)) vi.stubEnv(name, value);
  const publish = async (archives: ChartArchive[], ...targets: string[]) =>
    publishTo(targets, archives, { progress: silent, allowOverwrite: true });
  try {
    await publish([before], branch);
    const error = await failureOf(publish([after], branch, temporaryFolder()));
    expect(error).toMatchObject({ code: 'USAGE' });
    const [plan] = await publish([after], branch);
    expect(plan?.overwrites).toMatchObject([{ replaces: before.digest }]);
  } finally {
    vi.unstubAllEnvs();
  }
});

test.each([
  ['--username', { credentials: { username: 'a', password: 'b' } }],
  ['--ca-file', { caFile: 'ca.pem' }],
  ['--plain-http', { plainHttp: true }],
  ['--pull-request', { pullRequest: true }],
  ['--artifact-hub', { artifactHub: Buffer.from('owners: []') }],
  ['--sbom', { sboms: new Map() }],
])('%s for a folder alone is refused', async (flag, options) => {
  const run = publishTo([temporaryFolder()], [], { ...options, progress: silent });
  expect(await failureOf(run)).toMatchObject({
    code: 'USAGE',
    message: `no target takes ${flag}`,
  });
});
