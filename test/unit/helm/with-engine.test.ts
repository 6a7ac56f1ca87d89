import { execFile } from 'node:child_process';
import { mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, expect, test, vi } from 'vitest';
import { builtToolPath } from '../../../generator/src/helm/cache.ts';
import { findTool } from '../../../generator/src/helm/find.ts';
import { readPins, type Pins } from '../../../generator/src/helm/pins.ts';
import { withEngine } from '../../../generator/src/helm/with-engine.ts';
import { useTools } from '../../support/tools.ts';
import { writeChart } from '../lint/chart.ts';
import { temporaryFolder, writeScript } from './temporary-folder.ts';

useTools('helm-4', 'helm-engine');

afterEach(() => {
  vi.unstubAllEnvs();
});

/** A PATH with nothing but what the test puts there, and an empty cache. */
async function emptyEnvironment(): Promise<string> {
  const folder = await temporaryFolder();
  await mkdir(join(folder, 'bin'));
  vi.stubEnv('PATH', join(folder, 'bin'));
  vi.stubEnv('SPARK_CHARTS_CACHE', join(folder, 'cache'));
  return join(folder, 'bin');
}

async function answers() {
  const said: string[] = [];
  const chart = { path: await writeChart(), digest: '' };
  const options = { values: { colour: 'blue' }, kubeVersion: '1.31' };
  const rendering = await withEngine(
    (text) => said.push(text),
    async (engine) => ({
      loaded: await engine.load(chart),
      rendered: await engine.render(chart, options),
      values: await engine.values(chart, options),
    }),
  );
  return { said: said.join('\n'), rendering };
}

test('without Go the helm command stands in, with the same answers', async () => {
  const expected = await answers();
  const helm = await findTool('helm-4', console.log);
  await symlink(helm, join(await emptyEnvironment(), 'helm'));
  const { said, rendering } = await answers();
  expect(said).toContain('the helm command is used in its place');
  expect(rendering).toEqual(expected.rendering);
  expect(rendering.rendered).toMatchObject({ ok: true });
});

test('when Go cannot build it, too', async () => {
  const helm = await findTool('helm-4', console.log);
  const bin = await emptyEnvironment();
  await symlink(helm, join(bin, 'helm'));
  await writeScript(
    join(bin, 'go'),
    '[ "$1" = env ] && { echo go1.99.0; exit; }; echo "dial tcp: no route" >&2; exit 1',
  );
  const { said, rendering } = await answers();
  expect(said).toContain('no route');
  expect(rendering.rendered).toMatchObject({ ok: true });
});

test('without Go and helm both ways out are named', async () => {
  await emptyEnvironment();
  await expect(answers()).rejects.toMatchObject({
    code: 'TOOL_MISSING',
    next: expect.stringMatching(/Go .*or install Helm/s) as string,
  });
});

test('another source of the engine makes another file, and of the engine only', async () => {
  const pins = await readPins();
  const other = { ...pins, engine: { ...pins.engine, text: `${pins.engine.text} ` } };
  const names = (p: Pins) =>
    (['helm-engine', 'helm-4'] as const).map((name) => builtToolPath(name, p, process.env));
  const [engine, helm] = names(pins);
  expect(names(other)).toEqual([expect.not.stringMatching(engine ?? ''), helm]);
});

test('go vet finds nothing in it', { timeout: 600_000 }, async () => {
  const { engine, directory } = await readPins();
  const args = ['vet', `-modfile=${join(directory, 'go.mod')}`, '.'];
  const env = { ...process.env, GOWORK: 'off' };
  await promisify(execFile)('go', args, { cwd: engine.directory, env });
});
