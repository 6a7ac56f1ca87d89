import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { BaseCommand } from '../../cli/base-command.ts';
import { parseVersionReference } from '../../repository/care/chart-reference.ts';
import { restore, yank, type YankResult } from '../../repository/care/yank.ts';

export default class RepoYank extends BaseCommand {
  static override readonly summary = 'Hide broken versions from the index, keep their archives.';
  static override readonly description = `The entry moves to archive/index.yaml in the same folder with the annotations spark-charts/yanked, the time, and spark-charts/yank-reason. So \`helm search repo\` and \`helm install\` no longer find it; its URL keeps working for whoever has it, and \`helm repo add old URL/archive\` finds it on purpose. A yanked version cannot be published with other bytes. To only warn of a version, use \`repo deprecate\`.

With --undo the entry comes back as it was, that of a version that \`repo prune\` has taken out too.`;
  static override readonly examples = [
    '<%= config.bin %> <%= command.id %> dist/repository spark@1.2.0 --reason "loses data on upgrade"',
    '<%= config.bin %> <%= command.id %> dist/repository spark@1.2.0 --undo',
  ];
  static override readonly args = {
    directory: Args.string({ required: true, description: 'Folder of a repository.' }),
    chart: Args.string({
      required: true,
      multiple: true,
      description: 'Versions, as CHART@VERSION.',
    }),
  };
  static override readonly flags = {
    reason: Flags.string({ exactlyOne: ['reason', 'undo'], description: 'Why, for people.' }),
    undo: Flags.boolean({ description: 'Bring the versions back.' }),
    'dry-run': Flags.boolean({ description: 'Only say what would be done.' }),
  };

  override async run(): Promise<YankResult> {
    const { args, flags } = await this.parse(RepoYank);
    const { reason, 'dry-run': dryRun } = flags;
    const references = args.chart.map(parseVersionReference);
    const options = { progress: this.progress, dryRun };
    const isUndo = reason === undefined;
    const result = isUndo
      ? await restore(args.directory, references, options)
      : await yank(args.directory, references, { ...options, reason });
    for (const { dependency, range, by } of result.broken) {
      const needing = by.map(({ name, version }) => `${name} ${version}`).join(', ');
      this.warn(`nothing is left of ${dependency} ${range}, which is needed by ${needing}`);
    }
    const done = `${dryRun ? 'would be ' : ''}${isUndo ? 'back in the index' : 'yanked'}`;
    for (const { name, version } of result.changed) this.log(`${name} ${version}  ${done}`);
    for (const { name, version } of result.unchanged)
      this.log(`${name} ${version}  ${isUndo ? 'was not yanked' : 'was yanked already'}`);
    return result;
  }
}
