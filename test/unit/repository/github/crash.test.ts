import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { readIndex } from '../../../../generator/src/repository/index-file/document.ts';
import { archiveOf } from '../../archive/fixture.ts';
import { temporaryFolder } from '../../fileset/fixture.ts';
import { signed } from '../directory/fixture.ts';
import { bytesOn, filesOn, git, tipOf } from '../git/fixture.ts';
import { FakeGitHub } from './fake.ts';

const CHILD = fileURLToPath(new URL('publish-child.ts', import.meta.url));
const AT_ONCE = 8;

/** An archive with provenance, as a file. */
async function archiveFile(version = '1.0.0'): Promise<string> {
  const { fileName, bytes, provenance } = signed(await archiveOf('demo', version));
  const file = join(temporaryFolder(), fileName);
  writeFileSync(`${file}.prov`, provenance);
  writeFileSync(file, bytes);
  return file;
}

function publishInChild(environment: NodeJS.ProcessEnv, file: string): ChildProcess {
  return spawn(process.execPath, [CHILD, 'github:ada/charts', file], {
    env: environment,
    stdio: 'inherit',
  });
}

async function exitOf(child: ChildProcess): Promise<number | null> {
  const [code] = (await once(child, 'close')) as [number | null];
  return code;
}

/** All that people see, without where it is listening. */
function stateOf(fake: FakeGitHub): unknown {
  const index = bytesOn(fake.repository, 'index.yaml');
  const { document, problems } = readIndex(index, 'index.yaml');
  expect(problems).toEqual([]);
  const entries = [...document.charts.values()].flat();
  return {
    releases: fake.state(),
    files: filesOn(fake.repository),
    commits: git(fake.repository, 'rev-list', '--count', 'gh-pages'),
    listed: entries.map(({ chart, version, digest, urls: [url = ''] }) => {
      return [chart, version, digest, new URL(url).pathname];
    }),
  };
}

/**
 * Runs a process that is killed when it makes a request, before that has any effect, and then
 * another one to its end.
 * @returns the line of that request, undefined where the process made fewer, and what is there then.
 */
async function killAt(file: string, request: number) {
  const lines: string[] = [];
  let isOver = false;
  const fake = new FakeGitHub({
    intercept: (line, _, response) => {
      if (isOver) return false;
      lines.push(line);
      if (lines.length < request) return false;
      child.kill('SIGKILL');
      response.destroy();
      return true;
    },
  });
  const environment = await fake.listen();
  const child = publishInChild(environment, file);
  await once(child, 'close');
  isOver = true;
  // What the index lists is there, at any time.
  if (tipOf(fake.repository) !== '') expect(fake.releases[0]?.isDraft).toBe(false);
  expect(await exitOf(publishInChild(environment, file))).toBe(0);
  return { line: lines[request - 1], state: stateOf(fake) };
}

test('killed at any request and run again it ends as if nothing had been', async () => {
  const file = await archiveFile();
  const clean = new FakeGitHub();
  expect(await exitOf(publishInChild(await clean.listen(), file))).toBe(0);
  const expected = stateOf(clean);
  expect(expected).toMatchObject({ commits: '1', releases: [{ isDraft: false }] });
  const lines: string[] = [];
  let next = 1;
  const work = async () => {
    for (let isKilled = true; isKilled;) {
      const number = next;
      next += 1;
      const { line, state } = await killAt(file, number);
      expect(state, `killed at request ${number}, ${line}`).toEqual(expected);
      isKilled = line !== undefined;
      if (line !== undefined) lines.push(line.replace(/[?/]\d.*|\?.*/, ''));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  const writes = lines.filter((line) => !line.startsWith('GET') && !line.includes('upload-pack'));
  expect(writes.toSorted()).toEqual([
    'PATCH /api/repos/ada/charts/releases',
    'POST /ada/charts.git/git-receive-pack',
    'POST /api/repos/ada/charts/releases',
    'POST /uploads/repos/ada/charts/releases',
    'POST /uploads/repos/ada/charts/releases',
  ]);
  expect(lines.length).toBeGreaterThan(15);
}, 600_000);

test('two processes at once both succeed', async () => {
  const file = await archiveFile();
  const others = await archiveFile('1.1.0');
  const fake = new FakeGitHub();
  const environment = await fake.listen();
  const children = [file, file, others].map((path) => publishInChild(environment, path));
  expect(await Promise.all(children.map(exitOf))).toEqual([0, 0, 0]);
  expect(fake.state()).toMatchObject([
    { tag: 'demo-1.0.0', isDraft: false },
    { tag: 'demo-1.1.0', isDraft: false },
  ]);
  expect(stateOf(fake)).toMatchObject({ listed: [{ 1: '1.1.0' }, { 1: '1.0.0' }] });
}, 60_000);
