import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { startPool } from '../../../generator/src/helm/engine-pool.ts';
import type { EngineOptions } from '../../../generator/src/helm/engine-worker.ts';
import { sdkEngine } from '../../../generator/src/helm/engine-sdk.ts';
import { findTool } from '../../../generator/src/helm/find.ts';
import { useTools } from '../../support/tools.ts';
import { writeChart } from '../lint/chart.ts';

useTools('helm-engine');

const ENDLESS =
  '{{ range until 100000 }}{{ range until 100000 }}{{ sha256sum "" }}{{ end }}{{ end }}';

async function charts(template: string) {
  const good = { path: await writeChart(), digest: '' };
  const bad = { path: await writeChart({ 'templates/bad.yaml': template }), digest: '' };
  return { good, bad };
}

async function start(options: Partial<EngineOptions> & { processes?: number } = {}) {
  const file = await findTool('helm-engine', console.log);
  const pool = startPool({ file, environment: process.env, processes: 1, ...options });
  onTestFinished(() => pool.end());
  return { pool, engine: sdkEngine(pool) };
}

/** Process numbers of the engines of this process. */
async function running(): Promise<number[]> {
  const args = ['-P', String(process.pid), '-f', 'helm-engine'];
  const answer = await promisify(execFile)('pgrep', args).catch(() => ({ stdout: '' }));
  return answer.stdout.split('\n').filter(Boolean).map(Number);
}

test('an engine that is killed loses its request only', async () => {
  const { good, bad } = await charts(ENDLESS);
  const { engine } = await start();
  await engine.render(good, {});
  const failing = engine.render(bad, {});
  const others = Promise.all(Array.from({ length: 8 }, () => engine.render(good, {})));
  const [victim = 0] = await running();
  process.kill(victim, 'SIGKILL');
  await expect(failing).rejects.toMatchObject({
    code: 'CHART_RUNAWAY',
    message: `Helm broke down at render of ${bad.path}: it was ended by SIGKILL`,
    next: expect.stringContaining('template') as string,
  });
  expect((await others).map(({ ok }) => ok)).toEqual(Array.from({ length: 8 }, () => true));
});

test.each([
  [
    'memory',
    '{{ range until 1000 }}{{ $_ := set $ (print .) (repeat 10000000 "a") }}{{ end }}',
    'it needs more than 200 MiB of memory',
  ],
  [
    'the stack',
    '{{ $_ := set .Values "me" .Values }}{{ .Values }}',
    'runtime: goroutine stack exceeds 268435456-byte limit',
  ],
])(
  'a template that exhausts %s fails its request, those that wait go on',
  async (what, template, reason) => {
    const { good, bad } = await charts(template);
    const { engine } = await start(what === 'memory' ? { arguments: ['-memory=200'] } : {});
    const failing = engine.render(bad, {});
    const waiting = engine.render(good, {});
    await expect(failing).rejects.toMatchObject({
      code: 'CHART_RUNAWAY',
      cause: { message: reason },
      message: expect.stringContaining(reason) as string,
    });
    expect(await waiting).toMatchObject({ ok: true });
  },
);

test('a request that takes too long fails', async () => {
  const { good, bad } = await charts(ENDLESS);
  const begin = performance.now();
  await (await start()).engine.render(good, {});
  // Enough for one that ends, on this machine: an engine is started within it.
  const timeout = 500 + Math.ceil(20 * (performance.now() - begin));
  const { engine } = await start({ timeout });
  await expect(engine.render(bad, {})).rejects.toThrow(`it took more than ${timeout / 1000} s`);
  expect(await engine.render(good, {})).toMatchObject({ ok: true });
});

test('what runs and what waits can be called off', async () => {
  const { good, bad } = await charts(ENDLESS);
  const { engine } = await start();
  const controller = new AbortController();
  const failing = [bad, bad].map((chart) => engine.render(chart, {}, controller.signal));
  const waiting = engine.render(good, {});
  await expect.poll(running).toHaveLength(1);
  const [before] = await running();
  controller.abort(new Error('enough'));
  for (const promise of failing)
    await expect(promise).rejects.toMatchObject({ name: 'AbortError' });
  await expect(engine.render(good, {}, controller.signal)).rejects.toMatchObject({
    name: 'AbortError',
  });
  expect(await waiting).toMatchObject({ ok: true });
  expect(await running()).not.toContain(before);
});

test('what waits can be called off while another request runs', async () => {
  const { good, bad } = await charts(ENDLESS);
  const { engine } = await start();
  const controller = new AbortController();
  const endless = engine.render(bad, {}).catch(() => 'ended');
  const waiting = engine.render(good, {}, controller.signal);
  controller.abort();
  await expect(waiting).rejects.toMatchObject({ name: 'AbortError' });
  expect(await Promise.race([endless, Promise.resolve('runs')])).toBe('runs');
});

test('the end of the pool leaves no idle process', async () => {
  const { good } = await charts('');
  const { pool, engine } = await start();
  await engine.render(good, {});
  expect(await running()).toHaveLength(1);
  await pool.end();
  expect(await running()).toEqual([]);
});

test('the end of the pool calls everything off and leaves no process', async () => {
  const { bad } = await charts(ENDLESS);
  const { pool, engine } = await start();
  const failing = Promise.allSettled([bad, bad].map((chart) => engine.render(chart, {})));
  await expect.poll(running).toHaveLength(1);
  await pool.end();
  expect((await failing).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(await running()).toEqual([]);
});

test('no more processes than asked for, and one for one request at a time', async () => {
  const { good } = await charts('');
  const { engine } = await start({ processes: 2 });
  for (let count = 0; count < 3; count += 1) await engine.render(good, {});
  expect(await running()).toHaveLength(1);
  await Promise.all(Array.from({ length: 20 }, () => engine.render(good, {})));
  expect(await running()).toHaveLength(2);
});

test.each([
  ['cannot be started', '/nowhere/helm-engine', 'ENOENT'],
  ['ends before it answers anything', process.execPath, 'bad option'],
])('a program that %s is no fault of the chart', async (_, file, reason) => {
  const { good } = await charts('');
  const { engine } = await start({ file, arguments: ['--no-such-option'] });
  await expect(engine.render(good, {})).rejects.toMatchObject({
    code: 'TOOL_FAILED',
    message: expect.stringContaining(reason) as string,
  });
});

test('a chart that changed is loaded anew', async () => {
  const { engine } = await start();
  const path = await writeChart();
  const first = await engine.render({ path, digest: '1' }, {});
  await writeFile(join(path, 'values.yaml'), 'colour: blue\n');
  expect(await engine.render({ path, digest: '1' }, {})).toEqual(first);
  expect(await engine.render({ path, digest: '2' }, {})).not.toEqual(first);
});
