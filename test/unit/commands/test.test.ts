import { mkdir, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import type { ChartCoverage } from '../../../generator/src/coverage/coverage.ts';
import type { ChartTests } from '../../../generator/src/helm/unit-tests.ts';
import { runCli } from '../../support/cli.ts';
import { useTools } from '../../support/tools.ts';
import { writeChart } from '../lint/chart.ts';

useTools('helm-engine', 'helm-unittest');

interface Report {
  charts: ChartTests[];
  coverage?: ChartCoverage[];
}

function suite(colour: string): string {
  return `suite: colours
templates: [templates/map.yaml]
tests:
  - it: takes another colour
    set: { colour: ${colour} }
    asserts: [{ equal: { path: data.colour, value: green } }]
`;
}

test('tests that pass and cover all: exit 0', async () => {
  const chart = await writeChart({ 'tests/colour_test.yaml': suite('green') });
  const { exitCode, stdout, stderr } = await runCli(['test', 'demo'], { cwd: dirname(chart) });
  expect(exitCode, stderr).toBe(0);
  expect(stdout).toBe('demo: 1 of 1 tests passed in 1 suite\ndemo: 1 of 1 values covered\n');
});

test('a value that is not covered: exit 1, with its line', async () => {
  const chart = await writeChart();
  const cwd = dirname(chart);
  const { exitCode, stdout } = await runCli(['test', 'demo'], { cwd });
  expect(exitCode).toBe(1);
  expect(stdout).toBe(`demo: no suites (tests/*_test.yaml)
demo: 0 of 1 values covered
  demo/values.yaml:1  colour  no case and no test sets it to anything but its default
`);
  const { stdout: text } = await runCli(['test', 'demo', '--json'], { cwd });
  const { coverage } = JSON.parse(text) as Report;
  expect(coverage).toMatchObject([
    { chart: 'demo', values: 1, covered: 0, uncovered: [{ path: 'colour', line: 1 }] },
  ]);
});

test('--no-coverage asks for tests only', async () => {
  const chart = await writeChart();
  const args = ['test', 'demo', '--no-coverage', '--json'];
  const { exitCode, stdout } = await runCli(args, { cwd: dirname(chart) });
  expect(exitCode).toBe(0);
  const report = JSON.parse(stdout) as Report;
  expect(report.charts).toMatchObject([{ chart: 'demo', suites: 0, ok: true }]);
  expect(report).not.toHaveProperty('coverage');
});

test('a test that fails: exit 1, and its chart is not measured', async () => {
  const chart = await writeChart({ 'tests/colour_test.yaml': suite('blue') });
  const project = dirname(chart);
  await mkdir(join(project, 'dist/charts'), { recursive: true });
  await rename(chart, join(project, 'dist/charts/demo'));
  const { exitCode, stdout } = await runCli(['test'], { cwd: project });
  expect(exitCode).toBe(1);
  expect(stdout).toMatch(/^dist\/charts\/demo: FAILED$/m);
  expect(stdout).toContain('takes another colour');
  expect(stdout).not.toContain('covered');
});
