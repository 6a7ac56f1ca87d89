import { mkdir, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, expect, test, vi } from 'vitest';
import type { HelmEngine } from '../../generator/src/helm/engine.ts';
import { withEngine } from '../../generator/src/helm/with-engine.ts';
import { lintCharts, type LintReport } from '../../generator/src/lint/lint.ts';
import { useTools } from '../support/tools.ts';
import { temporaryFolder } from './helm/temporary-folder.ts';
import { writeChart } from './lint/chart.ts';

useTools('helm-engine');

const FAULTY = {
  'templates/bad.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: "<nil>"\n',
};
let cache: string;

beforeEach(async () => {
  cache = await temporaryFolder();
  return () => {
    vi.unstubAllEnvs();
  };
});

/** Lints, and counts what Helm renders for it. */
async function lint(
  charts: string[],
  kubeVersions = ['1.36'],
  changes: Partial<HelmEngine> = {},
): Promise<{ report: LintReport; renderings: number; said: string[] }> {
  return withEngine(console.log, async (engine) => {
    vi.stubEnv('SPARK_CHARTS_CACHE', cache);
    let renderings = 0;
    const said: string[] = [];
    const counting: HelmEngine = {
      ...engine,
      ...changes,
      render(...call) {
        renderings += 1;
        return engine.render(...call);
      },
    };
    const progress = (text: string) => void said.push(text);
    const report = await lintCharts(charts, { kubeVersions, progress, engine: counting });
    vi.unstubAllEnvs();
    return { report, renderings, said };
  });
}

test('what did not change is not rendered again, and its report is the same', async () => {
  const chart = await writeChart(FAULTY);
  const cold = await lint([chart]);
  const warm = await lint([chart]);
  expect(cold.renderings).toBeGreaterThan(0);
  expect(warm.renderings).toBe(0);
  expect(cold.report.findings).not.toEqual([]);
  expect(warm.report).toEqual(cold.report);
});

test.each([
  ['a template', 'templates/map.yaml'],
  ['a case', 'ci/a-values.yaml'],
  ['the list of what to pass over', '.spark-charts-lint.yaml'],
  // Helm's own lint reads them whatever .helmignore says.
  ['the defaults', 'values.yaml'],
  ['the schema', 'values.schema.json'],
  ['what stands in the place of a folder', 'crds'],
])('a change of %s is seen', async (_, file) => {
  const texts: Record<string, string> = {
    '.spark-charts-lint.yaml': 'ignore: [{ rule: host-path, reason: a test }]\n',
    'values.schema.json': '{}',
  };
  const chart = await writeChart({
    'ci/b-values.yaml': '',
    '.helmignore': 'ci/\n.spark-charts-lint.yaml\nvalues.*\ncrds\n',
  });
  await lint([chart]);
  await writeFile(join(chart, file), texts[file] ?? '# new\n');
  expect((await lint([chart])).renderings).toBeGreaterThan(0);
});

test('what another Helm than the pinned one shows is not kept', async () => {
  const chart = await writeChart();
  await lint([chart], ['1.36'], { isPinned: false });
  expect((await lint([chart])).renderings).toBeGreaterThan(0);
});

test('other Kubernetes versions are another report', async () => {
  const chart = await writeChart();
  await lint([chart]);
  expect((await lint([chart], ['1.35', '1.36'])).renderings).toBeGreaterThan(0);
});

test('the same chart at another place is told at that place', async () => {
  const [first, second] = [await writeChart(FAULTY), await writeChart(FAULTY)];
  await lint([first]);
  const { report, renderings } = await lint([second]);
  expect(renderings).toBe(0);
  expect(new Set(report.findings.map(({ chart }) => chart))).toEqual(new Set([second]));
});

test('only the chart that changed is rendered', async () => {
  const [steady, changing] = [await writeChart(), await writeChart()];
  await writeFile(join(changing, 'values.yaml'), 'colour: blue\n');
  const one = (await lint([steady])).renderings;
  expect((await lint([steady, changing])).renderings).toBe(one);
});

test.each(['{', '{}', 'null', '{"digest":"","report":{}}'])(
  'an entry that is damaged is made anew: %s',
  async (damaged) => {
    const chart = await writeChart();
    const { report } = await lint([chart]);
    const folder = join(cache, 'reports');
    for (const name of await readdir(folder)) await writeFile(join(folder, name), damaged);
    const again = await lint([chart]);
    expect(again.renderings).toBeGreaterThan(0);
    expect(again.report).toEqual(report);
  },
);

test('what could not be written leaves nothing behind', async () => {
  const chart = await writeChart();
  await lint([chart]);
  const folder = join(cache, 'reports');
  const [name = ''] = await readdir(folder);
  await rm(join(folder, name));
  await mkdir(join(folder, name));
  expect((await lint([chart])).said.join('\n')).toContain('could not be kept');
  expect(await readdir(folder)).toEqual([name]);
});

test('entries that nobody used for a month are removed', async () => {
  const [old, recent] = [await writeChart(), await writeChart(FAULTY)];
  await lint([old]);
  const folder = join(cache, 'reports');
  const [name = ''] = await readdir(folder);
  const monthsAgo = new Date(Date.now() - 40 * 86_400_000);
  await utimes(join(folder, name), monthsAgo, monthsAgo);
  await lint([recent]);
  const left = await readdir(folder);
  expect(left).toHaveLength(1);
  expect(left).not.toContain(name);
});

test('a cache that cannot be written is said, and nothing else is lost', async () => {
  await writeFile(join(cache, 'reports'), '');
  const { report, said } = await lint([await writeChart(FAULTY)]);
  expect(report.findings).not.toEqual([]);
  expect(said.join('\n')).toContain('could not be kept');
});
