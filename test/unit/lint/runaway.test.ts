import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { UserError } from '../../../generator/src/errors.ts';
import { startPool } from '../../../generator/src/helm/engine-pool.ts';
import { sdkEngine } from '../../../generator/src/helm/engine-sdk.ts';
import type { HelmEngine } from '../../../generator/src/helm/engine.ts';
import { findTool } from '../../../generator/src/helm/find.ts';
import { lintCharts } from '../../../generator/src/lint/lint.ts';
import { silent } from '../../../generator/src/progress.ts';
import { useTools } from '../../support/tools.ts';
import { temporaryFolder } from '../helm/temporary-folder.ts';
import { writeChart } from './chart.ts';

useTools('helm-engine');

const GROW = '{{ range until 1000 }}{{ $_ := set $ (print .) (repeat 10000000 "a") }}{{ end }}';
const BROKEN = new UserError('TOOL_FAILED', 'the tool is broken');

let cache: string;

beforeEach(async () => {
  cache = await temporaryFolder();
});

afterEach(() => {
  vi.unstubAllEnvs();
});

/** An engine with little memory; from here on reports are kept in the test's own cache. */
async function start(): Promise<HelmEngine> {
  const file = await findTool('helm-engine', console.log);
  const pool = startPool({ file, environment: process.env, arguments: ['-memory=200'] });
  onTestFinished(() => pool.end());
  vi.stubEnv('SPARK_CHARTS_CACHE', cache);
  return sdkEngine(pool);
}

function lint(charts: string[], engine: HelmEngine) {
  return lintCharts(charts, { kubeVersions: ['1.35', '1.36'], progress: silent, engine });
}

function keptReports(): Promise<string[]> {
  return readdir(join(cache, 'reports')).catch(() => []);
}

test('a case that needs too much memory is a finding, and all others are linted', async () => {
  const bad = await writeChart({
    'templates/bad.yaml': `{{ if .Values.grow }}${GROW}{{ end }}`,
    'templates/other.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: "<nil>"}\n',
    'values.yaml': 'colour: red\ngrow: false\n',
    'ci/a-values.yaml': 'grow: true\n',
    'ci/b-values.yaml': 'grow: false\n',
  });
  const good = await writeChart();
  const { charts, findings } = await lint([bad, good], await start());
  expect(charts.map(({ cells }) => cells)).toEqual([4, 2]);
  expect(findings.filter(({ rule }) => rule === 'helm-template')).toEqual([
    {
      rule: 'helm-template',
      severity: 'error',
      chart: bad,
      cells: ['1.35', '1.36'].map((kubeVersion) => ({ case: 'a', kubeVersion })),
      message: expect.stringMatching(/: it needs more than 200 MiB of memory; look for /) as string,
    },
  ]);
  const cases = findings.flatMap(({ rule, cells }) =>
    rule === 'go-format-text' ? cells.map((cell) => cell.case) : [],
  );
  expect(cases).toEqual(['b', 'b']);
  // With more memory the chart may be fine: it is tried again the next time.
  expect(await keptReports()).toHaveLength(1);
});

test('a rule that renders again passes over what breaks Helm down then only', async () => {
  const template = `{{ if ne .Chart.Version "1.0.0" }}${GROW}{{ end }}`;
  const chart = await writeChart({ 'templates/bad.yaml': template });
  const engine = await start();
  const versions = new Set<string | undefined>();
  const noting: HelmEngine = {
    ...engine,
    render(asked, options, signal) {
      versions.add(options.chartVersion);
      return engine.render(asked, options, signal);
    },
  };
  const { findings } = await lint([chart], noting);
  expect(versions.size).toBeGreaterThan(1);
  expect(findings).toEqual([]);
});

test('what breaks down over no cell is a finding of the chart', async () => {
  const [bad, good] = [await writeChart(), await writeChart({ 'values.yaml': 'colour: blue\n' })];
  const engine = await start();
  const values: HelmEngine['values'] = (chart, options) =>
    chart.path === bad
      ? Promise.reject(
          new UserError('CHART_RUNAWAY', 'far too long', { cause: new Error('too long') }),
        )
      : engine.values(chart, options);
  const { findings } = await lint([bad, good], { ...engine, values });
  expect(findings).toEqual([
    expect.objectContaining({
      rule: 'helm-template',
      chart: bad,
      cells: [],
      message: expect.stringContaining(': too long; look') as string,
    }),
  ]);
  expect(await keptReports()).toHaveLength(1);
});

test('when the tool fails, what was linted before is kept', async () => {
  const [bad, good] = [await writeChart(), await writeChart({ 'values.yaml': 'colour: blue\n' })];
  const engine = await start();
  const render: HelmEngine['render'] = async (chart, options) => {
    if (chart.path !== bad) return engine.render(chart, options);
    await expect.poll(keptReports).toHaveLength(1);
    throw BROKEN;
  };
  await expect(lint([bad, good], { ...engine, render })).rejects.toBe(BROKEN);
  const refuse = () => Promise.reject(BROKEN);
  expect((await lint([good], { ...engine, render: refuse })).findings).toEqual([]);
});
