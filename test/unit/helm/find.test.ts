import { execFile } from 'node:child_process';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { findTool } from '../../../generator/src/helm/find.ts';
import { readPins } from '../../../generator/src/helm/pins.ts';
import { TOOLS, type ToolName } from '../../../generator/src/helm/tools.ts';
import { temporaryFolder, writeScript } from './temporary-folder.ts';

/** Nothing but what the test puts there. */
async function emptyEnvironment() {
  const folder = await temporaryFolder();
  const bin = join(folder, 'bin');
  await mkdir(bin);
  const environment = { PATH: bin, SPARK_CHARTS_CACHE: join(folder, 'cache') };
  return { bin, environment };
}

describe('with the real tools, built where they are not there', () => {
  const names: ToolName[] = ['helm-4', 'helm-3', 'kubeconform', 'actionlint'];

  test.each(names)('%s tells the pinned version', { timeout: 1_800_000 }, async (name) => {
    const path = await findTool(name, console.log);
    const { stdout } = await promisify(execFile)(path, [...TOOLS[name].versionArguments]);
    const pinned = (await readPins()).version(TOOLS[name].module);
    expect(stdout.replace(/^v/, '')).toMatch(new RegExp(`^${pinned.replaceAll('.', '\\.')}\\b`));
  });

  test('helm-unittest runs', { timeout: 1_800_000 }, async () => {
    const path = await findTool('helm-unittest', console.log);
    const { stdout } = await promisify(execFile)(path, ['--help']);
    expect(stdout).toContain('tests/*_test.yaml');
  });
});

describe('on PATH', () => {
  test('a newer version of the same major is taken', async () => {
    const { bin, environment } = await emptyEnvironment();
    const helm = await writeScript(join(bin, 'helm'), 'echo v4.99.1+gabc');
    expect(await findTool('helm-4', undefined, environment)).toBe(helm);
  });

  test('Helm 3 may be called helm3 beside a helm of major 4', async () => {
    const { bin, environment } = await emptyEnvironment();
    await writeScript(join(bin, 'helm'), 'echo v4.99.1');
    const helm3 = await writeScript(join(bin, 'helm3'), 'echo v3.99.0');
    expect(await findTool('helm-3', undefined, environment)).toBe(helm3);
  });

  test.each([
    ['is older', 'echo v4.3.0'],
    ['is a pre-release of the pinned version', 'echo v4.3.1-rc.1'],
    ['is of another major', 'echo v5.0.0'],
    ['tells no version', 'echo hello'],
    ['fails', 'echo v4.9.0; exit 1'],
  ])('a helm that %s is passed over, and that is said', async (_, script) => {
    const { bin, environment } = await emptyEnvironment();
    const helm = await writeScript(join(bin, 'helm'), script);
    const said: string[] = [];
    const finding = findTool('helm-4', (message) => said.push(message), environment);
    await expect(finding).rejects.toMatchObject({ code: 'TOOL_MISSING' });
    expect(said.join('\n')).toContain(`${helm} is `);
  });
});

describe('without the tool', () => {
  test('and without Go, both ways out are named', async () => {
    const { environment } = await emptyEnvironment();
    const pins = await readPins();
    await expect(findTool('helm-3', undefined, environment)).rejects.toMatchObject({
      code: 'TOOL_MISSING',
      exitCode: 3,
      next: expect.stringMatching(
        new RegExp(
          `Go ${pins.goVersion}.*go version.*Helm ${pins.version('helm.sh/helm/v3')}.*helm version`,
        ),
      ) as string,
    });
  });

  test('a Go that is too old is no Go', async () => {
    const { bin, environment } = await emptyEnvironment();
    await writeScript(join(bin, 'go'), 'echo go1.20.3');
    await expect(findTool('helm-4', undefined, environment)).rejects.toMatchObject({
      code: 'TOOL_MISSING',
    });
  });

  test('what was built before is taken from the cache, without Go', async () => {
    const { bin, environment } = await emptyEnvironment();
    const go = await writeScript(join(bin, 'go'), FAKE_GO);
    const built = await findTool('helm-4', undefined, environment);
    await rm(go);
    expect(await findTool('helm-4', undefined, environment)).toBe(built);
    expect(await readdir(join(environment.SPARK_CHARTS_CACHE, 'tools'))).toHaveLength(1);
  });
});

/** Answers `go env GOVERSION`, and writes a program for `go build -v -o FILE`. */
const FAKE_GO = `[ "$1" = env ] && { echo go1.99.0; exit; }
echo 'echo built' > "$4"; /bin/chmod +x "$4"`;
