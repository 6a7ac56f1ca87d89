import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { silent } from '../../../../../generator/src/progress.ts';
import { diffRepositories } from '../../../../../generator/src/repository/care/diff/diff.ts';
import {
  readState,
  readStates,
} from '../../../../../generator/src/repository/care/diff/read-state.ts';
import { startServer } from '../../../../../generator/src/repository/serve/server.ts';
import { temporaryFolder, write } from '../../../fileset/fixture.ts';
import { listing, namesOf, repositoryFolder } from '../fixture.ts';

test('a folder, its index and the folder where it is served are the same', async () => {
  const retired = [listing('demo', '0.9.0', { urls: ['../demo-0.9.0.tgz'] })];
  const folder = repositoryFolder([listing('demo', '1.0.0')], retired);
  const server = await startServer(folder, { port: 0 });
  onTestFinished(() => server.close());
  const targets = [folder, join(folder, 'index.yaml'), server.url, `${server.url}/index.yaml`];
  const states = await Promise.all(targets.map((target) => readState(target, silent)));
  for (const state of states)
    for (const other of states)
      expect(Object.values(diffRepositories(state, other)).flat()).toEqual([]);
  expect(states.map((state) => namesOf(state.retired))).toEqual([
    ['demo 0.9.0'],
    [],
    ['demo 0.9.0'],
    ['demo 0.9.0'],
  ]);
});

test.each([
  ['what is not there', 'none', 'USAGE'],
  ['a folder without an index', '.', 'USAGE'],
  ['a file that is no index', 'text', 'INDEX_INVALID'],
])('%s is refused', async (_, path, code) => {
  const folder = temporaryFolder();
  write(join(folder, 'text'), 'text');
  await expect(readState(join(folder, path), silent)).rejects.toMatchObject({ code });
});

test.each([
  ['a URL that must not be fetched', 'http://example.com', 'USAGE'],
  ['a server that is not there', 'http://127.0.0.1:1', 'NETWORK'],
])('%s is refused', async (_, url, code) => {
  await expect(readState(url, silent)).rejects.toMatchObject({ code });
});

test('a login goes to the one server that is named', async () => {
  const folder = repositoryFolder([listing('demo', '1.0.0')]);
  const credentials = { username: 'me', password: 'secret' };
  const server = await startServer(folder, { port: 0, credentials });
  onTestFinished(() => server.close());
  const targets = [server.url, folder] as const;
  const [before, after] = await readStates(targets, silent, credentials);
  expect(Object.values(diffRepositories(before, after)).flat()).toEqual([]);
  await expect(readStates(targets, silent)).rejects.toMatchObject({ code: 'NETWORK' });
});

test.each([
  ['none is named', '.', '.'],
  ['two are named', 'https://a.example/charts', 'https://b.example/charts'],
])('where %s a login is refused', async (named, ...targets) => {
  await expect(
    readStates(targets, silent, { username: 'me', password: 'secret' }),
  ).rejects.toMatchObject({ code: 'USAGE', message: `a login is for one server, and ${named}` });
});
