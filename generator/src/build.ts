import { join } from 'node:path';
import { UserError } from './errors.ts';
import { apply, type ChartPlan } from './fileset/index.ts';
import { requireFolder } from './files/folder.ts';
import { emitCharts } from './generate.ts';
import { type ChartTests, testCharts } from './helm/unit-tests.ts';
import { type LintReport, lintCharts } from './lint/lint.ts';
import { formatLintReport } from './lint/pretty.ts';
import { loadCatalog } from './model/index.ts';
import type { Progress } from './progress.ts';
import { collectArchives } from './repository/collect.ts';
import { DirectoryStore } from './repository/directory.ts';
import type { PublishPlan } from './repository/store.ts';

export interface BuildOptions {
  source: string;
  charts: string;
  repository: string;
  progress: Progress;
}

export interface BuildReport {
  generated: ChartPlan[];
  lint: LintReport;
  tests: ChartTests[];
  published: PublishPlan;
}

/**
 * The whole way from sources to a chart repository: generate, pack, lint, test, publish. Stops
 * before anything is published when a check finds something.
 * @throws UserError of any step; VERSION_EXISTS right after packing; CHECK_FAILED with what lint or the tests found.
 */
export async function build(options: BuildOptions): Promise<BuildReport> {
  const { progress } = options;
  requireFolder(options.source, 'Name the folder of the chart sources with --source.');
  progress(`reading ${options.source}`);
  const catalog = await loadCatalog(options.source);
  const made = emitCharts(catalog, [], progress);
  const generated = await apply(options.charts, made, { complete: true, progress });
  const charts = [...made.keys()].map((name) => join(options.charts, name));
  const { oldest, newest } = catalog.kubernetes;
  const store = new DirectoryStore(options.repository);
  const archives = await collectArchives(charts, progress);
  // A version that is published already is refused before minutes of checks.
  await store.plan(archives);
  const lint = await lintCharts(charts, { kubeVersions: [oldest, newest], progress });
  if (lint.findings.some(({ severity }) => severity !== 'info')) {
    throw new UserError('CHECK_FAILED', `lint found mistakes\n\n${formatLintReport(lint)}`);
  }
  const tests = await testCharts(charts, progress);
  const failed = tests.filter(({ ok }) => !ok);
  if (failed.length > 0) {
    const output = failed.map((chart) => chart.output).join('\n');
    throw new UserError('CHECK_FAILED', `unit tests of charts failed\n\n${output}`);
  }
  const published = await store.publish(archives, progress);
  return { generated, lint, tests, published };
}
