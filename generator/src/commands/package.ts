import { Args, Flags } from '@oclif/core';
import { findCharts } from '../archive/find-charts.ts';
import { packageCharts, type PackagedChart } from '../archive/package-charts.ts';
import { BaseCommand } from '../cli/base-command.ts';

export default class Package extends BaseCommand {
  static override readonly summary = 'Pack charts into archives, the same bytes every time.';
  static override readonly description =
    "The bytes depend on the files of a chart alone: not on the machine, its time zone, or file modes and times. Files in an archive bear the time SOURCE_DATE_EPOCH asks for, else the start of 1980. Files that a chart's .helmignore names stay out, as with Helm. An archive that is there already with the same bytes is not written again.";
  static override readonly examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> spark --destination /tmp/packages',
    '<%= config.bin %> <%= command.id %> ./my-chart',
  ];
  static override readonly strict = false;
  static override readonly args = {
    chart: Args.string({
      description:
        'Chart folders, folders of charts or names in dist/charts. [default: dist/charts]',
    }),
  };
  static override readonly flags = {
    destination: Flags.string({
      char: 'd',
      default: 'dist/packages',
      description: 'Folder to write the archives to.',
      helpValue: 'DIR',
    }),
  };

  override async run(): Promise<{ archives: PackagedChart[] }> {
    const { argv, flags } = await this.parse(Package);
    const charts = await findCharts(argv as string[]);
    const archives = await packageCharts(charts, flags.destination, this.progress);
    for (const { file, digest, written } of archives)
      this.log(`${file}  sha256:${digest}${written ? '' : '  (unchanged)'}`);
    return { archives };
  }
}
