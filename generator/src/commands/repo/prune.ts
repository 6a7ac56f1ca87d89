import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { BaseCommand } from '../../cli/base-command.ts';
import { prune, type PruneResult } from '../../repository/care/prune.ts';

export default class RepoPrune extends BaseCommand {
  static override readonly summary = 'Take old versions out of the index of a repository.';
  static override readonly description = `They move to archive/index.yaml in the same folder, a repository of its own for \`helm repo add old URL/archive\`. Archives are never deleted, so whoever has the URL of one still gets it; \`repo yank --undo\` brings a version back.

What stays of each chart and series major.minor:
- the N newest stable versions, so the newest stable version of a chart always stays;
- the N newest pre-releases that are newer than every stable version of their series;
- what a version that stays depends on, by name and range whatever repository it says: the version that Helm would take, and what that depends on in turn;
- entries whose version is none to Helm.`;
  static override readonly examples = [
    '<%= config.bin %> <%= command.id %> dist/repository --keep 3 --dry-run',
    '<%= config.bin %> <%= command.id %> /srv/charts --keep 5 --chart spark --chart spark-operator',
  ];
  static override readonly args = {
    directory: Args.string({ required: true, description: 'Folder of a repository.' }),
  };
  static override readonly flags = {
    keep: Flags.integer({
      required: true,
      min: 1,
      helpValue: 'N',
      description: 'How many versions to keep of each series.',
    }),
    chart: Flags.string({
      multiple: true,
      helpValue: 'NAME',
      description: 'Prune this chart only. Can be given more than once.',
    }),
    'dry-run': Flags.boolean({ description: 'Only say what would be done.' }),
  };

  override async run(): Promise<PruneResult> {
    const { args, flags } = await this.parse(RepoPrune);
    const { keep, chart: charts } = flags;
    const options = { progress: this.progress, dryRun: flags['dry-run'] };
    const result = await prune(args.directory, { keep, ...(charts && { charts }) }, options);
    const retired = flags['dry-run'] ? 'would be retired' : 'retired';
    for (const { name, version } of result.retired) this.log(`${name} ${version}  ${retired}`);
    for (const { name, version, by } of result.needed)
      this.log(`${name} ${version}  kept, ${by.name} ${by.version} depends on it`);
    this.log(`${result.retired.length} ${retired}, ${result.kept} kept`);
    return result;
  }
}
