import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { findCharts } from '../archive/find-charts.ts';
import { packageCharts, type PackagedChart } from '../archive/package-charts.ts';
import type { ChangeReport } from '../changes/types.ts';
import { BaseCommand } from '../cli/base-command.ts';
import { changedSinceFlags, changesOf } from '../cli/changed-since-flag.ts';
import { signerOf, signingFlags } from '../cli/signing-flags.ts';

export default class Package extends BaseCommand {
  static override readonly summary = 'Pack charts into archives, the same bytes every time.';
  static override readonly description =
    "The bytes depend on the files of a chart alone: not on the machine, its time zone, or file modes and times. Files in an archive bear the time SOURCE_DATE_EPOCH asks for, else the start of 1980. Files that a chart's .helmignore names stay out, as with Helm. An archive that is there already with the same bytes is not written again.";
  static override readonly examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> spark --destination /tmp/packages',
    '<%= config.bin %> <%= command.id %> ./my-chart --dependency-update',
    '<%= config.bin %> <%= command.id %> --sign --key charts@example.com',
    '<%= config.bin %> <%= command.id %> --sign --keyring secret-key.asc --passphrase-file passphrase',
    '<%= config.bin %> <%= command.id %> charts --changed-since origin/main',
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
    'dependency-update': Flags.boolean({
      char: 'u',
      description:
        'Get the charts that a chart depends on into its charts/ first: what its lock file names, else the newest that fit.',
    }),
    'plain-http': Flags.boolean({
      description: 'Pull dependencies from registries on this machine without TLS.',
      dependsOn: ['dependency-update'],
    }),
    ...signingFlags,
    ...changedSinceFlags,
  };

  override async run(): Promise<{ archives: PackagedChart[]; changes?: ChangeReport }> {
    const { argv, flags } = await this.parse(Package);
    const found = await findCharts(argv as string[]);
    const changes = await changesOf(found, flags, { progress: this.progress, tell: this.tell });
    const charts = changes?.changed.map(({ chart }) => chart) ?? found;
    if (flags['dependency-update']) {
      const { updateDependencies } = await import('../dependencies/update.ts');
      const options = { plainHttp: flags['plain-http'], progress: this.progress };
      await updateDependencies(charts, options);
    }
    const signer = await signerOf(flags);
    const archives = await packageCharts(charts, flags.destination, this.progress, signer);
    for (const { file, digest, written, provenance } of archives) {
      this.log(`${file}  sha256:${digest}${written ? '' : '  (unchanged)'}`);
      if (provenance !== undefined) this.log(provenance);
    }
    return { archives, ...(changes && { changes }) };
  }
}
