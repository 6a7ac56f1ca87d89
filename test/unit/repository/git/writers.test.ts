import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { GitStore } from '../../../../generator/src/repository/git/git-store.ts';
import { archiveOf } from '../../archive/fixture.ts';
import { temporaryFolder, textsIn, write } from '../../fileset/fixture.ts';
import {
  bareRemote,
  environmentOf,
  git,
  publishedOn,
  pushFiles,
  targetOf,
  tipOf,
  writeFiles,
  writeHook,
} from './fixture.ts';

const CHILD = fileURLToPath(new URL('publish-child.ts', import.meta.url));
const PUBLISHERS = 8;

interface Publisher {
  process: ChildProcess;
  ended: Promise<unknown>;
  output: () => string;
}

function startPublisher(
  args: readonly string[],
  environment: Record<string, string>,
  cwd = '/',
): Publisher {
  const child = spawn(process.execPath, [CHILD, ...args], { cwd, env: environment });
  let output = '';
  const listen = (text: string) => (output += text);
  child.stdout.setEncoding('utf8').on('data', listen);
  child.stderr.setEncoding('utf8').on('data', listen);
  return { process: child, ended: once(child, 'close'), output: () => output };
}

/** Is each commit of the branch one after the other, with one that is the first? */
function isLinear(remote: string): boolean {
  const numberOf = (option: string) => git(remote, 'rev-list', '--count', option, 'gh-pages');
  return numberOf('--min-parents=2') === '0' && numberOf('--max-parents=0') === '1';
}

test('what another one pushes in between is kept', async () => {
  const remote = bareRemote();
  pushFiles(remote, { 'page.html': '1\n' });
  const [other, own] = [await archiveOf('other'), await archiveOf('own')];
  const target = targetOf(remote);
  let pushes = 0;
  const messages: string[] = [];
  const environment = environmentOf();
  const plan = await new GitStore(target, { environment }).publish([own], (message) => {
    messages.push(message);
    if (!message.startsWith('pushing')) return;
    pushes += 1;
    if (pushes === 1) pushFiles(remote, { 'page.html': '2\n' });
  });
  expect(pushes).toBe(2);
  expect(messages).toContain('another one pushed first: doing it again on what is there now');
  expect(plan).toMatchObject({ additions: [{ name: 'own' }] });
  await new GitStore(target, { environment }).publish([other], () => undefined);
  expect(publishedOn(remote)).toEqual(['other 1.0.0', 'own 1.0.0']);
  expect(git(remote, 'show', 'gh-pages:page.html')).toBe('2');
  expect(isLinear(remote)).toBe(true);
});

test('another one makes the branch, or publishes the same, in between', async () => {
  const remote = bareRemote();
  const archive = await archiveOf();
  const target = targetOf(remote);
  const [file = ''] = writeFiles([archive]);
  let publisher: Publisher | undefined;
  const store = new GitStore(target, { environment: environmentOf() });
  const plan = await store.publish([archive], (message) => {
    if (!message.startsWith('pushing') || publisher) return;
    publisher = startPublisher([target, file], { ...environmentOf(), GIT_AUTHOR_NAME: 'Bob' });
    // Progress cannot wait: the branch is looked at until it is there.
    const deadline = Date.now() + 30_000;
    while (tipOf(remote) === '' && Date.now() < deadline);
  });
  await publisher?.ended;
  expect(publisher?.output()).toContain('1 added');
  expect(plan).toMatchObject({ additions: [], unchanged: [{ name: 'demo' }] });
  expect(git(remote, 'rev-list', '--count', 'gh-pages')).toBe('1');
});

test(`${PUBLISHERS} processes that publish at once all succeed`, async () => {
  const remote = bareRemote();
  git(remote, 'config', 'receive.denyNonFastForwards', 'true');
  const names = Array.from({ length: PUBLISHERS }, (_, number) => `chart-${number}`);
  const archives = await Promise.all(
    names.flatMap((name) => [archiveOf(name, '1.0.0'), archiveOf(name, '2.0.0')]),
  );
  const files = writeFiles(archives);
  const publishers = names.map((_, number) =>
    startPublisher([targetOf(remote), ...files.slice(2 * number, 2 * number + 2)], environmentOf()),
  );
  await Promise.all(publishers.map(({ ended }) => ended));
  for (const { process: child, output } of publishers) {
    expect(child.exitCode, output()).toBe(0);
    expect(output()).toContain('2 added');
  }
  expect(publishedOn(remote)).toEqual(names.flatMap((name) => [`${name} 2.0.0`, `${name} 1.0.0`]));
  expect(isLinear(remote)).toBe(true);
  expect(git(remote, 'rev-list', '--count', 'gh-pages')).toBe(String(PUBLISHERS));
  expect(publishers.map(({ output }) => output()).join('')).toContain('another one pushed first');
});

/** A `git` that kills who runs it before its given run, counted from 1, and counts its runs in a file. */
function gitThatKills(run: number): { path: string; runs: () => number } {
  const folder = temporaryFolder();
  const count = join(folder, 'count');
  const git = execFileSync('which', ['git'], { encoding: 'utf8' }).trim();
  const script = [
    '#!/bin/sh',
    `echo >> '${count}'`,
    `[ "$(wc -l < '${count}')" -ne ${run} ] || { kill -KILL $PPID; exit 1; }`,
    `exec '${git}' "$@"`,
    '',
  ];
  writeFileSync(join(folder, 'git'), script.join('\n'), { mode: 0o755 });
  return { path: folder, runs: () => readFileSync(count, 'utf8').length };
}

test('killed before any run of git, it leaves a whole branch, and the next run ends it', async () => {
  const environment = { ...environmentOf(), NODE_COMPILE_CACHE: temporaryFolder() };
  const remote = bareRemote();
  pushFiles(remote, { 'page.html': '<p>\n' });
  let published: string[] = [];
  let [kills, complete] = [0, 0];
  for (let run = 1; ; run += 1) {
    const archives = await Promise.all(['a', 'b'].map((name) => archiveOf(`${name}-${run}`)));
    const args = [targetOf(remote), ...writeFiles(archives)];
    const killing = gitThatKills(run);
    const PATH = [killing.path, process.env.PATH].join(delimiter);
    const killed = startPublisher(args, { ...environment, PATH });
    await killed.ended;
    const all = [...published, ...archives.map(({ name }) => `${name} 1.0.0`)].toSorted();
    const listed = publishedOn(remote).toSorted();
    expect([published, all]).toContainEqual(listed);
    if (killing.runs() < run) {
      expect([killed.process.exitCode, listed], killed.output()).toEqual([0, all]);
      break;
    }
    expect(killed.process.signalCode).toBe('SIGKILL');
    kills += 1;
    if (listed.length === all.length) complete += 1;
    const ended = startPublisher(args, environment);
    await ended.ended;
    expect(ended.process.exitCode, ended.output()).toBe(0);
    published = publishedOn(remote).toSorted();
    expect(published).toEqual(all);
  }
  expect(git(remote, 'rev-list', '--count', 'gh-pages')).toBe(String(kills + 2));
  // Some before the push and some after it.
  expect([kills > complete, complete > 0]).toEqual([true, true]);
});

test('the checkout that it is run in stays as it is, also from one of its hooks', async () => {
  const remote = bareRemote();
  const checkout = temporaryFolder();
  git(checkout, 'init', '--quiet', '--initial-branch=main');
  git(checkout, 'config', 'remote.origin.url', 'https://localhost:1/never');
  git(checkout, 'config', `url.https://localhost:1/.insteadOf`, 'file:///');
  write(join(checkout, 'a.txt'), '1\n');
  git(checkout, 'add', '--all');
  git(checkout, 'commit', '--quiet', '--message=1');
  git(checkout, 'checkout', '--quiet', '--detach');
  write(join(checkout, 'a.txt'), '2\n');
  write(join(checkout, 'staged.txt'), '\n');
  git(checkout, 'add', 'staged.txt');
  write(join(checkout, 'new.txt'), '\n');
  mkdirSync(join(checkout, 'below'));
  const [file = ''] = writeFiles([await archiveOf()]);
  writeHook(join(checkout, '.git'), 'pre-push', 'exit 1');
  const hookEnvironment = {
    GIT_DIR: join(checkout, '.git'),
    GIT_WORK_TREE: checkout,
    GIT_INDEX_FILE: join(checkout, '.git', 'index'),
    GIT_PREFIX: 'below/',
  };
  const before = textsIn(checkout);
  for (const [branch, more] of [
    ['one', {}],
    ['two', hookEnvironment],
  ] as const) {
    const publisher = startPublisher(
      [targetOf(remote, `#${branch}`), file],
      { ...environmentOf(), ...more },
      join(checkout, 'below'),
    );
    await publisher.ended;
    expect(publisher.process.exitCode, publisher.output()).toBe(0);
    expect(publishedOn(remote, branch)).toEqual(['demo 1.0.0']);
    expect(textsIn(checkout)).toEqual(before);
  }
});
