import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { cp, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { type PathWatch, watchPaths } from '../../../generator/src/lint/watch-paths.ts';
import { EXECUTABLE, runCli } from '../../support/cli.ts';
import { replaceInFile } from '../../support/files.ts';
import { useTools } from '../../support/tools.ts';
import { temporaryFolder } from '../helm/temporary-folder.ts';
import { writeChart } from './chart.ts';

useTools('helm-engine');

const ROUND = /\n\d\d:\d\d:\d\d {2}watching (.+); stop with Ctrl\+C\n/;

/** Runs `lint --watch` until the test is finished. */
function startWatch(args: readonly string[], cwd: string) {
  const child = spawn(process.execPath, [EXECUTABLE, 'lint', ...args, '--watch'], {
    cwd,
    env: { ...process.env, NODE_ENV: 'production' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  /** The output of the next round. */
  const round = async (): Promise<string> => {
    for (;;) {
      const end = ROUND.exec(output);
      if (end) {
        const text = output.slice(0, end.index + end[0].length);
        output = output.slice(text.length);
        return text;
      }
      if (child.exitCode !== null) throw new Error(`it ended: ${output}`);
      await Promise.race([once(child.stdout, 'data'), once(child, 'exit')]);
    }
  };
  /** The output of the next round that says so; one change may be seen in two steps. */
  const roundThat = async (says: RegExp): Promise<string> => {
    for (;;) {
      const text = await round();
      if (says.test(text)) return text;
    }
  };
  return { child, round, roundThat };
}

test('a chart is linted again when it changes, also after mistakes that stop it', async () => {
  const chart = await writeChart();
  const { child, round, roundThat } = startWatch(
    ['demo', '--kube-version', '1.36'],
    dirname(chart),
  );
  const first = await round();
  expect(first).toMatch(/^1 chart, 1 case on 1 Kubernetes version: 0 errors/m);
  expect(first).toMatch(/ {2}watching demo; stop with/);
  const template = join(chart, 'templates/map.yaml');
  await replaceInFile(template, '{{ .Values.colour | quote }}', '"<nil>"');
  await roundThat(/go-format-text/);
  const metadata = join(chart, 'Chart.yaml');
  await rename(metadata, join(chart, 'aside'));
  await roundThat(/Error: demo is no folder with a Chart.yaml/);
  await rename(join(chart, 'aside'), metadata);
  await roundThat(/go-format-text/);
  await replaceInFile(template, '"<nil>"', '{{ .Values.colour | quote }}');
  await roundThat(/^1 chart, 1 case on 1 Kubernetes version: 0 errors/m);
  child.kill('SIGINT');
  expect(await once(child, 'exit')).toEqual([130, null]);
});

test('in a project the sources are watched, and generated first', async () => {
  const project = await temporaryFolder();
  await cp('charts-src', join(project, 'charts-src'), { recursive: true });
  const { round, roundThat } = startWatch(['spark', '--kube-version', '1.36'], project);
  const first = await round();
  expect(first).toContain('  watching charts-src, dist/charts/spark;');
  const template = join(project, 'charts-src/components/common/templates/_names.tpl.hbs');
  const before = await readFile(template, 'utf8');
  await writeFile(template, `${before}\n<% nonsense %>\n`);
  const mistake = await roundThat(/nonsense/);
  expect(mistake).toContain('Error: the templates have mistakes');
  await writeFile(template, `{{/* Watched. */}}\n${before}`);
  await roundThat(/^1 chart, \d+ cases on 1 Kubernetes version: /m);
  const generated = await readFile(join(project, 'dist/charts/spark/templates/common/_names.tpl'));
  expect(generated.toString()).toContain('Watched.');
});

test.each([
  [['oci://example.com/a', '--watch'], 'cannot be watched'],
  [['--watch', '--fix'], '--fix'],
  [['--watch', '--json'], '--json'],
  [['--watch', '--format', 'sarif'], '--format'],
])('%j is wrong', async (args, said) => {
  const { exitCode, stdout, stderr } = await runCli(['lint', ...args], {
    cwd: await temporaryFolder(),
  });
  expect(exitCode).toBe(2);
  expect(stdout + stderr).toContain(said);
});

// What these tests do is done before anything of it is seen, so that no pause of the machine can come
// between its parts.

const changesOf = async (watch: PathWatch) => [...(await watch.changes())].toSorted();

test('what editors, git and we write on the way is no change', async () => {
  const [folder, other] = [await temporaryFolder(), await temporaryFolder()];
  mkdirSync(join(folder, '.git'));
  const watch = watchPaths();
  watch.renew(folder);
  watch.renew(other);
  for (const name of [
    '.git/index',
    '.lock',
    '.writing.tmp',
    'a.yaml~',
    '.a.yaml.swp',
    '4913',
    '.#a',
  ])
    writeFileSync(join(folder, name), '');
  writeFileSync(join(other, 'a.yaml'), '');
  expect(await changesOf(watch)).toEqual([other]);
});

test('several changes come as one', async () => {
  const [folder, other] = [await temporaryFolder(), await temporaryFolder()];
  const watch = watchPaths();
  watch.renew(folder);
  watch.renew(other);
  const changes = changesOf(watch);
  mkdirSync(join(folder, 'below'));
  writeFileSync(join(other, 'a'), '');
  expect(await changes).toEqual([folder, other].toSorted());
  writeFileSync(join(folder, 'below/b'), '');
  expect(await changesOf(watch)).toEqual([folder]);
});

test('a folder that takes the place of another, or is made only later, is watched', async () => {
  const folder = join(await temporaryFolder(), 'chart');
  const watch = watchPaths();
  watch.renew(folder);
  mkdirSync(folder);
  expect(await changesOf(watch)).toEqual([folder]);
  watch.renew(folder);
  writeFileSync(join(folder, 'a'), '');
  expect(await changesOf(watch)).toEqual([folder]);
  mkdirSync(`${folder}-new`);
  rmSync(folder, { recursive: true });
  renameSync(`${folder}-new`, folder);
  expect(await changesOf(watch)).toEqual([folder]);
  watch.renew(folder);
  writeFileSync(join(folder, 'b'), '');
  expect(await changesOf(watch)).toEqual([folder]);
});
