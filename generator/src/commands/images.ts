import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { BaseCommand } from '../cli/base-command.ts';
import { chartImages, type ChartImages } from '../images.ts';
import { withLintTargets } from '../lint/targets.ts';
import { printable } from '../text.ts';

export default class Images extends BaseCommand {
  static override readonly summary = 'List the images that charts need, to copy them elsewhere.';
  static override readonly description =
    'Renders the charts with the given values, or their defaults, and prints each image of their containers, init containers and image volumes once, hooks and tests included. With --json it also says what needs them.';
  static override readonly examples = [
    '<%= config.bin %> <%= command.id %> spark --values production.yaml',
    '<%= config.bin %> <%= command.id %> ./my-chart my-other-chart-1.2.3.tgz',
    '<%= config.bin %> <%= command.id %> oci://registry.example.com/charts/app:1.2.3 --json',
  ];
  static override readonly strict = false;
  static override readonly args = {
    chart: Args.string({
      description:
        'Folders of charts, archives (.tgz), names of generated charts, oci://registry/path[:version|@digest] or URLs of archives; all generated charts by default.',
    }),
  };
  static override readonly flags = {
    values: Flags.string({
      char: 'f',
      description: 'File of values to render with; may be given several times, later ones win.',
      helpValue: 'FILE',
      multiple: true,
      multipleNonGreedy: true,
    }),
    'kube-version': Flags.string({ description: 'Kubernetes version to render for.' }),
    'plain-http': Flags.boolean({
      description: 'Pull from registries on this machine without TLS.',
    }),
  };

  async run(): Promise<{ charts: ChartImages[] }> {
    const { argv, flags } = await this.parse(Images);
    const { progress } = this;
    const { values: valuesFiles = [], 'kube-version': kubeVersion } = flags;
    const pull = { plainHttp: flags['plain-http'], progress };
    return withLintTargets(argv as string[], pull, async (targets) => {
      const options = { valuesFiles, ...(kubeVersion !== undefined && { kubeVersion }), progress };
      const found = await chartImages(
        targets.map(({ path }) => path),
        options,
      );
      const charts = found.map(({ images }, index) => ({
        chart: targets[index]?.name ?? '',
        images,
      }));
      const images = new Set(charts.flatMap((chart) => chart.images.map(({ image }) => image)));
      for (const image of [...images].toSorted()) this.log(printable(image));
      return { charts };
    });
  }
}
