import { join } from 'node:path';
import { type ChartCoverage, measureCoverage } from './coverage/coverage.ts';
import { formatCoverage } from './coverage/format.ts';
import { UserError } from './errors.ts';
import { apply, type ChartPlan } from './fileset/index.ts';
import { requireFolder } from './files/folder.ts';
import { emitCharts } from './generate.ts';
import { type ChartTests, testCharts } from './helm/unit-tests.ts';
import { supportedVersions } from './lint/kubernetes-versions.ts';
import { type LintReport, lintCharts } from './lint/lint.ts';
import { formatPretty } from './lint/formats/pretty.ts';
import { loadCatalog } from './model/index.ts';
import type { Progress } from './progress.ts';
import { writeArtifactHub } from './repository/artifact-hub.ts';
import { collectArchives } from './repository/collect.ts';
import { DirectoryStore } from './repository/directory/directory-store.ts';
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
  coverage: ChartCoverage[];
  published: PublishPlan;
}

/**
 * The whole way from sources to a chart repository: generate, pack, lint, test, measure coverage, publish. Stops
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
  const kubeVersions = supportedVersions(catalog.kubernetes);
  const store = new DirectoryStore(options.repository);
  const archives = await collectArchives(charts, progress);
  // A version that is published already is refused before minutes of checks.
  await store.plan(archives);
  const lint = await lintCharts(charts, { kubeVersions, progress });
  if (lint.findings.some(({ severity }) => severity !== 'info')) {
    throw new UserError('CHECK_FAILED', `lint found mistakes\n\n${formatPretty(lint)}`);
  }
  const tests = await testCharts(charts, progress);
  const failed = tests.filter(({ ok }) => !ok);
  if (failed.length > 0) {
    const output = failed.map((chart) => chart.output).join('\n');
    throw new UserError('CHECK_FAILED', `unit tests of charts failed\n\n${output}`);
  }
  const coverage = await measureCoverage(charts, {
    kubeVersion: catalog.kubernetes.newest,
    progress,
  });
  const gaps = coverage.filter(({ uncovered }) => uncovered.length > 0);
  if (gaps.length > 0) {
    const report = gaps.map(formatCoverage).join('\n');
    throw new UserError('CHECK_FAILED', `no test covers some values of charts\n\n${report}`);
  }
  const published = await store.publish(archives, progress);
  const { artifactHub } = catalog.repository;
  if (artifactHub) await writeArtifactHub(options.repository, artifactHub, progress);
  return { generated, lint, tests, coverage, published };
}
