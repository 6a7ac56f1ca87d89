import { Args } from '@oclif/core';
import { findCharts } from '../archive/find-charts.ts';
import { BaseCommand } from '../cli/base-command.ts';
import { testCharts, type ChartTests } from '../helm/unit-tests.ts';
import { count } from '../text.ts';

export default class Test extends BaseCommand {
  static override readonly summary = 'Run the helm-unittest suites of charts.';
  static override readonly description =
    'Runs tests/*_test.yaml of each chart with the pinned helm-unittest, on a copy of the chart. Exits with 1 when a test fails.';
  static override readonly examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> dist/charts/spark --json',
  ];
  static override readonly strict = false;
  static override readonly args = {
    chart: Args.string({
      description:
        'Folders of charts or names of generated charts; all generated charts by default.',
    }),
  };

  async run(): Promise<{ charts: ChartTests[] }> {
    const { argv } = await this.parse(Test);
    const charts = await testCharts(await findCharts(argv as string[]), this.progress);
    for (const chart of charts) this.log(describe(chart));
    if (charts.some(({ ok }) => !ok)) process.exitCode = 1;
    return { charts };
  }
}

function describe({ chart, suites, tests, ok, output }: ChartTests): string {
  if (suites === 0) return `${chart}: no suites (tests/*_test.yaml)`;
  if (!ok) return `${chart}: FAILED\n\n${output}\n`;
  const { passed = 0, total = 0 } = tests;
  return `${chart}: ${passed} of ${total} tests passed in ${count(suites, 'suite')}`;
}
