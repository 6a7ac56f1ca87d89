import * as Flags from '@oclif/core/flags';
import { build, type BuildReport } from '../build.ts';
import { BaseCommand } from '../cli/base-command.ts';
import { DEFAULT_PORT } from '../repository/serve/address.ts';
import { describeMatrix } from '../lint/formats/summary.ts';
import { count } from '../text.ts';

export default class Build extends BaseCommand {
  static override readonly summary = 'Generate, lint, test, pack and publish all charts.';
  static override readonly description =
    'The whole way from charts-src to a chart repository in a folder. Stops before anything is published when lint or a test finds something. A version that the repository has with other bytes is refused: raise the version of the chart, or remove a repository that nobody uses.';
  static override readonly examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --repository /srv/charts',
  ];
  static override readonly flags = {
    source: Flags.directory({ description: 'Folder of the sources.', default: 'charts-src' }),
    charts: Flags.string({ description: 'Folder of the charts.', default: 'dist/charts' }),
    repository: Flags.string({
      description: 'Folder of the chart repository.',
      default: 'dist/repository',
    }),
  };

  async run(): Promise<BuildReport> {
    const { flags } = await this.parse(Build);
    const report = await build({ ...flags, progress: this.progress });
    this.log(summary(report, flags));
    return report;
  }
}

function summary(
  { generated, lint, tests, coverage, published }: BuildReport,
  { charts, repository }: { charts: string; repository: string },
): string {
  const files = generated.flatMap(({ added, changed, removed }) =>
    [added, changed, removed].flat(),
  );
  const passed = tests.reduce((sum, chart) => sum + (chart.tests.passed ?? 0), 0);
  const values = coverage.reduce((sum, chart) => sum + chart.values, 0);
  const { additions, unchanged } = published;
  const versions = [...additions, ...unchanged].map(({ name, version }) => `${name} ${version}`);
  return `
generated  ${count(generated.length, 'chart')} in ${charts}, ${count(files.length, 'file')} changed
linted     ${describeMatrix(lint)}, nothing found
tested     ${count(passed, 'unit test')} passed, all of ${count(values, 'value')} covered
published  ${additions.length} new and ${unchanged.length} unchanged versions in ${repository}:
           ${versions.join(', ')}

Serve them and install Spark:

  npm exec spark-charts serve
  helm repo add spark-charts http://127.0.0.1:${DEFAULT_PORT}
  helm install my-spark spark-charts/spark --namespace spark --create-namespace`;
}
