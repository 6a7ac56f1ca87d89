import { UserError } from '../errors.ts';
import type { HelmEngine } from '../helm/engine.ts';
import type { LintedChart } from './chart.ts';
import { mergeFindings, type Cell, type Finding, type SuppressedFinding } from './finding.ts';
import { helmFindings } from './helm-findings.ts';
import { locate, type Located } from './locate/locate.ts';
import { runMatrix } from './matrix.ts';
import { distinctRenderings } from './renderings.ts';
import { RULES } from './rules/index.ts';
import type { Observation, RepeatableRendering, Rule } from './rule.ts';
import { suppress } from './suppress.ts';

/** What is found in one chart, in no order. */
export interface ChartReport {
  findings: Finding[];
  /** What the chart says to pass over, and why. */
  suppressed: SuppressedFinding[];
}

/** Everything that Helm and the rules find in one chart. */
export async function lintChart(
  engine: HelmEngine,
  chart: LintedChart,
  kubeVersions: readonly string[],
  onCell: (cell: Cell) => void,
): Promise<ChartReport> {
  const cells = await runMatrix(engine, chart, kubeVersions, onCell);
  const fromHelm = helmFindings(chart, cells);
  const renderings = await distinctRenderings(engine, chart, cells);
  const ofChart = await checkChart(engine, chart);
  const ofRenderings = await Promise.all(renderings.map(checkRendering));
  const ours = [...ofChart, ...ofRenderings.flat()].filter(isForAuthor);
  const found = mergeFindings([...fromHelm, ...withoutRepeats(ours, fromHelm)]);
  return suppress(chart, found);
}

async function checkChart(engine: HelmEngine, chart: LintedChart): Promise<Finding[]> {
  const found = RULES.map(async (rule) => {
    const observations = [
      ...(rule.chart?.(chart) ?? []),
      ...((await askHelm(rule, engine, chart)) ?? []),
    ];
    return observations.map((observation) => ({
      ...locate(chart, rule, observation),
      cells: [],
    }));
  });
  return (await Promise.all(found)).flat();
}

/** A chart that does not load is told of when it is rendered. */
async function askHelm(rule: Rule, engine: HelmEngine, chart: LintedChart) {
  try {
    return await rule.asked?.(chart, engine);
  } catch (error) {
    if (error instanceof UserError && error.code === 'CHART_INVALID') return [];
    throw error;
  }
}

async function checkRendering(rendering: RepeatableRendering): Promise<Finding[]> {
  const found = RULES.map(async (rule) => {
    const observations = [
      ...(rule.rendering?.(rendering) ?? []),
      ...((await rule.repeated?.(rendering)) ?? []),
    ];
    return observations.map((observation) => finding(rendering, rule, observation));
  });
  return (await Promise.all(found)).flat();
}

function finding(rendering: RepeatableRendering, rule: Rule, observation: Observation): Finding {
  const located: Located = locate(rendering.chart, rule, observation);
  const versions = observation.kubeVersions ?? rendering.kubeVersions;
  return {
    ...located,
    cells: versions.map((kubeVersion) => ({ case: rendering.case, kubeVersion })),
  };
}

/** A subchart is somebody else's to mend: what the cluster would refuse is told, style is not. */
function isForAuthor({ file = '', severity }: Finding): boolean {
  return severity === 'error' || !file.startsWith('charts/');
}

/** What Helm's lint says of old API versions is not said again. */
function withoutRepeats(findings: readonly Finding[], fromHelm: readonly Finding[]): Finding[] {
  const told = new Set(
    fromHelm
      .filter(({ message }) => / is deprecated in v\d/.test(message))
      .flatMap(({ file, cells }) => cells.map((cell) => JSON.stringify([file, cell]))),
  );
  return findings.flatMap((finding) => {
    if (!finding.rule.startsWith('kubernetes-api-')) return [finding];
    const cells = finding.cells.filter((cell) => !told.has(JSON.stringify([finding.file, cell])));
    return cells.length === 0 ? [] : [{ ...finding, cells }];
  });
}
