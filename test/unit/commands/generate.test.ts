import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { runCli } from '../../support/cli.ts';
import { textsIn } from '../fileset/fixture.ts';
import { SOURCES } from '../model/sources.ts';

let folder: string;
const generate = (...args: string[]) => runCli(['generate', ...args], { cwd: folder });

function write(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

const charts = () => textsIn(join(folder, 'dist/charts'));

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'spark-charts-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  for (const [path, text] of Object.entries(SOURCES)) write(join('charts-src', path), text);
});

test('writes the charts of all lines, says how many, and then has nothing to do', async () => {
  const { exitCode, stdout } = await generate();
  const files = charts();
  const written = Object.keys(files).filter((path) => !path.startsWith('.generated'));
  expect([exitCode, stdout]).toEqual([0, `2 charts, ${written.length} files changed\n`]);
  expect(files['spark/Chart.yaml']).toContain('appVersion: "4.1.2"');
  expect(files['spark-3-9/templates/NOTES.txt']).toContain('Welcome to spark-3-9.');
  expect((await generate()).stdout).toBe('2 charts, nothing changed\n');
  expect(charts()).toEqual(files);
});

test('writes only the charts that are named', async () => {
  const { exitCode, stdout } = await generate('spark-3-9');
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/^1 chart, /);
  expect(Object.keys(charts()).every((path) => /^(\.generated\/)?spark-3-9/.test(path))).toBe(true);
  expect(await generate('sparc')).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('did you mean "spark"?') as string,
  });
});

test('--source and --output choose the folders', async () => {
  write('elsewhere/catalog.yaml', 'x: 1\n');
  expect((await generate('--source', 'elsewhere')).stderr).toContain('elsewhere/catalog.yaml');
  await generate('--output', 'out');
  expect(existsSync(join(folder, 'out/spark/Chart.yaml'))).toBe(true);
});

test.each(['nope', 'file'])('--source %s is no folder', async (source) => {
  write('file', '');
  const { exitCode, stderr } = await generate('--source', source);
  expect([exitCode, stderr]).toEqual([
    2,
    `Error: ${source} is no folder\n\nName the folder of the chart sources with --source.\n`,
  ]);
});

describe('--check', () => {
  test('says to generate where that is all there is to do', async () => {
    const { exitCode, stderr } = await generate('--check');
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/\n\nRun spark-charts generate and commit the result\.\n$/);
  });

  test('is content with what was generated', async () => {
    await generate();
    expect(await generate('--check')).toMatchObject({
      exitCode: 0,
      stdout: '2 charts, nothing changed\n',
    });
  });

  test('ends with 1 and names what differs, also as JSON, and writes nothing', async () => {
    await generate();
    write('dist/charts/spark/values.yaml', 'edited: true\n');
    rmSync(join(folder, 'dist/charts/spark-3-9/Chart.yaml'));
    const before = charts();
    const { exitCode, stderr } = await generate('--check');
    expect(exitCode).toBe(1);
    expect(stderr).toContain('dist/charts/spark/values.yaml  was edited by hand');
    expect(stderr).toContain('dist/charts/spark-3-9/Chart.yaml  is missing');
    expect(stderr).toContain('First do what is said of the files that are not as generated');
    const json = await generate('--check', '--json');
    expect(JSON.parse(json.stdout)).toMatchObject({
      error: { code: 'GENERATED_FILES_DIFFER', problems: [{}, {}] },
    });
    expect(charts()).toEqual(before);
  });
});

test('--dry-run prints a diff and writes nothing', async () => {
  await generate();
  const before = charts();
  write('charts-src/charts/spark/readme.hbs', '## Install\n\nhelm install it\n');
  const { exitCode, stdout } = await generate('--dry-run');
  expect(exitCode).toBe(0);
  expect(stdout).toContain(
    '--- a/dist/charts/spark/README.md\n+++ b/dist/charts/spark/README.md\n',
  );
  expect(stdout).toContain('\n-helm install spark\n+helm install it\n');
  expect(charts()).toEqual(before);
});

test('a generated file that was edited stops it, with advice', async () => {
  await generate();
  write('dist/charts/spark/values.yaml', 'edited: true\n');
  write('charts-src/charts/spark/readme.hbs', 'new\n');
  const before = charts();
  const { exitCode, stderr } = await generate();
  expect(exitCode).toBe(2);
  expect(stderr).toContain(
    'dist/charts/spark/values.yaml  was edited by hand since it was generated',
  );
  expect(stderr).toContain('move the change to the chart sources');
  expect(charts()).toEqual(before);
});

describe('a mistake in the sources ends with 2, says where, and leaves the charts as they are', () => {
  test.each([
    ['malformed YAML', 'catalog.yaml', 'a: [1, 2\nb: 3\n', /charts-src\/catalog\.yaml:\d+:\d+ {2}/],
    [
      'a schema error',
      'components/worker/model.yaml',
      'properties:\n  worker:\n    x-section: W\n    tpye: string\n    description: d\n    default: ""\n',
      /charts-src\/components\/worker\/model\.yaml:4:5 {2}.*tpye.*\n.*\n.*did you mean "type"\?/,
    ],
    [
      'an unknown component',
      'charts/spark/chart.yaml',
      'name: spark\nversion: 0.1.0\ndescription: d\ncomponents: [common, wroker]\n',
      /charts-src\/charts\/spark\/chart\.yaml:4:22 {2}.*wroker.*\n.*\n.*did you mean "worker"\?/,
    ],
    [
      'a circle of references',
      'model/probe.yaml',
      '$ref: model/probe.yaml\n',
      /charts-src\/model\/probe\.yaml:1:\d+ {2}.*circle/,
    ],
    [
      'an unknown path in a template',
      'components/common/templates/_names.tpl.hbs',
      '{{- define "<% chart.nmae %>.x" }}{{ .Values.nameOverride }}{{ end -}}\n',
      /charts-src\/components\/common\/templates\/_names\.tpl\.hbs:1:16 {2}unknown path "chart\.nmae"\n.*\n.*did you mean "name"\?/,
    ],
    [
      'an unknown value in a template',
      'components/common/templates/_names.tpl.hbs',
      'a\n{{ .Values.nameOverrid }}{{ .Values.nameOverride }}\n',
      /_names\.tpl\.hbs:2:4 {2}\.Values\.nameOverrid is not in the values model\n.*\n.*did you mean "nameOverride"\?/,
    ],
    [
      'a value no template uses',
      'components/common/templates/_names.tpl.hbs',
      '{{- define "<% chart.name %>.fullname" }}{{ end -}}\n',
      /charts-src\/components\/common\/model\.yaml:2:3 {2}no template uses the value\n/,
    ],
  ])('%s', async (_, path, text, expected) => {
    await generate();
    const before = charts();
    write(join('charts-src', path), text);
    const { exitCode, stdout, stderr } = await generate();
    expect(stderr).toMatch(expected);
    expect([exitCode, stdout]).toEqual([2, '']);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(charts()).toEqual(before);
  });
});

/** Environment in which the executable runs this code first; `fs` and `crypto` can be changed. */
function preloading(code: string): Record<string, string> {
  const script = `import crypto from 'node:crypto'; import fs from 'node:fs';
    import { syncBuiltinESMExports } from 'node:module'; ${code}; syncBuiltinESMExports();`;
  return { NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(script)}` };
}

test('an interrupt while it writes ends with 130 and leaves whole charts and nothing else', async () => {
  await generate();
  const before = charts();
  write('charts-src/charts/spark/readme.hbs', 'new\n');
  const env = preloading(`const { mkdirSync } = fs; fs.mkdirSync = (path, options) => {
    if (path.endsWith('.writing')) process.kill(process.pid, 'SIGINT');
    return mkdirSync(path, options);
  }`);
  const { exitCode } = await runCli(['generate'], { cwd: folder, env });
  expect(exitCode).toBe(130);
  expect(Object.keys(charts())).toEqual(Object.keys(before));
});

test('a bug ends with 70 and shows its stack only when asked', async () => {
  const env = preloading("crypto.createHash = () => { throw new TypeError('boom') }");
  const { exitCode, stderr } = await runCli(['generate'], { cwd: folder, env });
  expect(exitCode).toBe(70);
  expect(stderr).toContain('Error: boom\n\nThis is a bug in spark-charts.');
  expect(stderr).not.toMatch(/^\s+at /m);
  const json = await runCli(['generate', '--json'], { cwd: folder, env });
  expect(JSON.parse(json.stdout)).toMatchObject({ error: { code: 'BUG', message: 'boom' } });
  const debug = await runCli(['generate'], {
    cwd: folder,
    env: { ...env, SPARK_CHARTS_DEBUG: '1' },
  });
  expect(debug.stderr).toMatch(/^\s+at sha256/m);
});
