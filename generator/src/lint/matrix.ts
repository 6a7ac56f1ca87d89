import { isDeepStrictEqual } from 'node:util';
import type { HelmEngine, LintMessage } from '../helm/engine.ts';
import type { ChartOptions, Rendering } from '../helm/helm.ts';
import { mapPool } from '../map-pool.ts';
import type { ValuesCase } from './cases.ts';
import type { LintedChart } from './chart.ts';
import type { Cell } from './finding.ts';
import { orRunaway, runawayRendering } from './runaway.ts';
import { mayAskForVersion } from './version-use.ts';

/** What Helm makes and says of one values case on one Kubernetes version. */
export interface MatrixCell {
  case: ValuesCase;
  kubeVersion: string;
  rendering: Rendering;
  messages: LintMessage[];
}

/**
 * Every case of a chart on every Kubernetes version. Where the chart cannot ask for the version and
 * the oldest and the newest make the same of a case, those between do so as well.
 * @param kubeVersions from the oldest to the newest.
 */
export async function runMatrix(
  engine: HelmEngine,
  chart: LintedChart,
  kubeVersions: readonly string[],
  onCell: (cell: Cell) => void,
): Promise<MatrixCell[]> {
  const run = async (cells: readonly Pick<MatrixCell, 'case' | 'kubeVersion'>[]) =>
    mapPool(cells, 2 * engine.processes, async ({ case: values, kubeVersion }, signal) => {
      const options = { valuesFiles: values.valuesFiles, kubeVersion };
      const made = await orRunaway(renderAndLint(engine, chart, options, signal), (message) => ({
        rendering: runawayRendering(message),
        messages: [],
      }));
      onCell({ case: values.name, kubeVersion });
      return { case: values, kubeVersion, ...made };
    });
  const over = (cases: readonly ValuesCase[], versions: readonly string[]) =>
    run(cases.flatMap((values) => versions.map((kubeVersion) => ({ case: values, kubeVersion }))));
  if (mayAskForVersion(chart)) return over(chart.cases, kubeVersions);
  const between = kubeVersions.slice(1, -1);
  const ends = await over(
    chart.cases,
    kubeVersions.filter((version) => !between.includes(version)),
  );
  const others = chart.cases.map(async (values) => {
    const [first, last] = ends.filter((cell) => cell.case === values);
    if (!first || !last || !isSame(first, last)) return over([values], between);
    return between.map((kubeVersion) => {
      onCell({ case: values.name, kubeVersion });
      return { ...first, kubeVersion };
    });
  });
  const all = [...ends, ...(await Promise.all(others)).flat()];
  const order = (cell: MatrixCell) => kubeVersions.indexOf(cell.kubeVersion);
  return chart.cases.flatMap((values) =>
    all.filter((cell) => cell.case === values).sort((a, b) => order(a) - order(b)),
  );
}

async function renderAndLint(
  engine: HelmEngine,
  chart: LintedChart,
  options: ChartOptions,
  signal: AbortSignal,
): Promise<Pick<MatrixCell, 'rendering' | 'messages'>> {
  const rendering = await engine.render(chart, options, signal);
  return { rendering, messages: await engine.lint(chart, options, signal) };
}

function isSame(a: MatrixCell, b: MatrixCell): boolean {
  return isDeepStrictEqual([a.rendering, a.messages], [b.rendering, b.messages]);
}
