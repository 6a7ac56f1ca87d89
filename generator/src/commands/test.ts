import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { findCharts } from '../archive/find-charts.ts';
import { BaseCommand } from '../cli/base-command.ts';
import { measureCoverage, type ChartCoverage } from '../coverage/coverage.ts';
import { formatCoverage } from '../coverage/format.ts';
import { testCharts, type ChartTests } from '../helm/unit-tests.ts';
import { kubernetesVersions } from '../lint/kubernetes-versions.ts';
import { count } from '../text.ts';

/** What `--json` prints. */
interface TestReport {
  charts: ChartTests[];
  /** Of the charts whose tests pass; absent with `--no-coverage`. */
  coverage?: ChartCoverage[];
}

export default class Test extends BaseCommand {
  static override readonly summary =
    'Run the helm-unittest suites of charts, and measure what they cover.';
  static override readonly description = `Runs tests/*_test.yaml of each chart with the pinned helm-unittest, on a copy of the chart. Then each value of the chart must be covered: a test or one of ci/*-values.yaml sets it to something else than its default, and putting the default back changes what the chart renders. A list is one value, and so is a map whose keys the schema leaves to the user.

Exits with 1 when a test fails or a value is not covered.`;
  static override readonly examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> dist/charts/spark --json',
    '<%= config.bin %> <%= command.id %> ./other-chart --no-coverage',
  ];
  static override readonly strict = false;
  static override readonly args = {
    chart: Args.string({
      description:
        'Folders of charts or names of generated charts; all generated charts by default.',
    }),
  };
  static override readonly flags = {
    coverage: Flags.boolean({
      description: 'Whether to measure which values are covered.',
      default: true,
      allowNo: true,
    }),
  };

  async run(): Promise<TestReport> {
    const { argv, flags } = await this.parse(Test);
    const charts = await testCharts(await findCharts(argv as string[]), this.progress);
    for (const chart of charts) this.log(describe(chart));
    if (charts.some(({ ok }) => !ok)) process.exitCode = 1;
    return flags.coverage ? { charts, coverage: await this.#measure(charts) } : { charts };
  }

  async #measure(charts: readonly ChartTests[]): Promise<ChartCoverage[]> {
    const passed = charts.filter(({ ok }) => ok).map(({ chart }) => chart);
    if (passed.length === 0) return [];
    const kubeVersion = (await kubernetesVersions([])).at(-1) ?? '';
    const coverage = await measureCoverage(passed, { kubeVersion, progress: this.progress });
    for (const chart of coverage) this.log(formatCoverage(chart));
    if (coverage.some(({ uncovered }) => uncovered.length > 0)) process.exitCode = 1;
    return coverage;
  }
}

function describe({ chart, suites, tests, ok, output }: ChartTests): string {
  if (suites === 0) return `${chart}: no suites (tests/*_test.yaml)`;
  if (!ok) return `${chart}: FAILED\n\n${output}\n`;
  const { passed = 0, total = 0 } = tests;
  return `${chart}: ${passed} of ${total} tests passed in ${count(suites, 'suite')}`;
}
