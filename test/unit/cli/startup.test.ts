import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runCli } from '../../support/cli.ts';
import { temporaryFolder, write } from '../fileset/fixture.ts';

/** Says the address of every module on standard error, as it is loaded. */
const TRACE = `import { registerHooks } from 'node:module';
registerHooks({ load(url, context, next) { process.stderr.write(url + '\\n'); return next(url, context); } });`;

/** What one start of the program loads; modules of Node left out. */
async function loadedModules(args: readonly string[]): Promise<string[]> {
  const folder = temporaryFolder();
  const index = 'apiVersion: v1\nentries: {}\ngenerated: "2026-01-01T00:00:00Z"\n';
  write(join(folder, 'index.yaml'), index);
  const { exitCode, stderr } = await runCli(args, {
    cwd: folder,
    env: { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(TRACE)}` },
  });
  expect(exitCode).toBe(0);
  return stderr.split('\n').filter((line) => line.startsWith('file:'));
}

/** Names of packages, as in `@oclif/core`. */
function packagesOf(modules: readonly string[]): Set<string> {
  return new Set(
    modules.flatMap((url) => /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url)?.slice(1) ?? []),
  );
}

const HEAVY = ['ajv', 'diff', 'fflate', 'handlebars', 'negotiator', 'openpgp', 'yaml'];

test.each([
  ['--version', ['--version']],
  ['generate --help', ['generate', '--help']],
  ['repo index with nothing to do', ['repo', 'index', '.']],
])('%s loads no library that it does not use', async (_, args) => {
  const modules = await loadedModules(args);
  const packages = packagesOf(modules);
  expect(packages).toContain('@oclif/core');
  expect([...packages].filter((name) => HEAVY.includes(name))).toEqual([]);
  for (const whole of [/@oclif\/core\/lib\/index\.js$/, /semver\/index\.js$/])
    expect(modules.filter((url) => whole.test(url))).toEqual([]);
});

test('help and the version are told without loading a command', async () => {
  for (const args of [['--version'], ['--help'], ['repo', '--help']]) {
    const modules = await loadedModules(args);
    expect(modules.filter((url) => url.includes('/generator/lib/commands/'))).toEqual([]);
    expect(modules).not.toHaveLength(0);
  }
});

test('compiled code is kept for the next start in the cache folder of the user', async () => {
  const cache = temporaryFolder();
  const env = { SPARK_CHARTS_CACHE: cache };
  const first = await runCli(['--version'], { env });
  expect(readdirSync(join(cache, 'compiled'), { recursive: true }).length).toBeGreaterThan(50);
  expect(await runCli(['--version'], { env })).toEqual(first);
});

test.each(['/proc/cache', '/dev/null/cache'])('a cache at %s stops nothing', async (cache) => {
  const { exitCode, stderr } = await runCli(['--version'], { env: { SPARK_CHARTS_CACHE: cache } });
  expect([exitCode, stderr]).toEqual([0, '']);
});
