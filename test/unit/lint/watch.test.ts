import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { watchPaths } from '../../../generator/src/lint/watch-paths.ts';
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
  return { child, round };
}

test('a chart is linted again when it changes, also after mistakes that stop it', async () => {
  const chart = await writeChart();
  const { child, round } = startWatch(['demo', '--kube-version', '1.36'], dirname(chart));
  const first = await round();
  expect(first).toMatch(/^1 chart, 1 case on 1 Kubernetes version: 0 errors/m);
  expect(first).toMatch(/ {2}watching demo; stop with/);
  const template = join(chart, 'templates/map.yaml');
  await replaceInFile(template, '{{ .Values.colour | quote }}', '"<nil>"');
  expect(await round()).toContain('go-format-text');
  const metadata = join(chart, 'Chart.yaml');
  await rename(metadata, join(chart, 'aside'));
  expect(await round()).toContain('Error: demo is no folder with a Chart.yaml');
  await rename(join(chart, 'aside'), metadata);
  expect(await round()).toContain('go-format-text');
  await replaceInFile(template, '"<nil>"', '{{ .Values.colour | quote }}');
  expect(await round()).toMatch(/^1 chart, 1 case on 1 Kubernetes version: 0 errors/m);
  child.kill('SIGINT');
  expect(await once(child, 'exit')).toEqual([130, null]);
});

test('in a project the sources are watched, and generated first', async () => {
  const project = await temporaryFolder();
  await cp('charts-src', join(project, 'charts-src'), { recursive: true });
  const { round } = startWatch(['spark', '--kube-version', '1.36'], project);
  const first = await round();
  expect(first).toContain('  watching charts-src, dist/charts/spark;');
  const template = join(project, 'charts-src/components/common/templates/_names.tpl.hbs');
  const before = await readFile(template, 'utf8');
  await writeFile(template, `${before}\n<% nonsense %>\n`);
  const mistake = await round();
  expect(mistake).toContain('Error: the templates have mistakes');
  expect(mistake).toContain('nonsense');
  await writeFile(template, `{{/* Watched. */}}\n${before}`);
  expect(await round()).toMatch(/^1 chart, \d+ cases on 1 Kubernetes version: /m);
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

/** Waits for the next change; what comes within half a second at most. */
async function changesSoon(watch: ReturnType<typeof watchPaths>): Promise<string[] | undefined> {
  const none = sleep(500, undefined);
  const changes = await Promise.race([watch.changes(), none]);
  return changes && [...changes];
}

test('what editors, git and we write on the way is no change', async () => {
  const folder = await temporaryFolder();
  await mkdir(join(folder, '.git'));
  const watch = watchPaths();
  watch.renew(folder);
  for (const name of [
    '.git/index',
    '.lock',
    '.writing.tmp',
    'a.yaml~',
    '.a.yaml.swp',
    '4913',
    '.#a',
  ])
    await writeFile(join(folder, name), '');
  expect(await changesSoon(watch)).toBeUndefined();
});

test('several changes come as one', async () => {
  const folder = await temporaryFolder();
  const other = await temporaryFolder();
  const watch = watchPaths();
  watch.renew(folder);
  watch.renew(other);
  const changes = changesSoon(watch);
  await mkdir(join(folder, 'below'));
  await sleep(20);
  await writeFile(join(other, 'a'), '');
  expect((await changes)?.toSorted()).toEqual([folder, other].toSorted());
  await writeFile(join(folder, 'below/b'), '');
  expect(await changesSoon(watch)).toEqual([folder]);
});

test('a folder that takes the place of another, or is made only later, is watched', async () => {
  const folder = join(await temporaryFolder(), 'chart');
  const watch = watchPaths();
  watch.renew(folder);
  await mkdir(folder);
  expect(await changesSoon(watch)).toEqual([folder]);
  watch.renew(folder);
  await writeFile(join(folder, 'a'), '');
  expect(await changesSoon(watch)).toEqual([folder]);
  await mkdir(`${folder}-new`);
  await rm(folder, { recursive: true });
  await rename(`${folder}-new`, folder);
  expect(await changesSoon(watch)).toEqual([folder]);
  watch.renew(folder);
  await writeFile(join(folder, 'b'), '');
  expect(await changesSoon(watch)).toEqual([folder]);
});
