import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { BaseCommand } from '../../cli/base-command.ts';
import { parseReference } from '../../repository/care/chart-reference.ts';
import { deprecate, type DeprecateResult } from '../../repository/care/deprecate.ts';

export default class RepoDeprecate extends BaseCommand {
  static override readonly summary = 'Mark charts or versions in the index as deprecated.';
  static override readonly description = `The entries get \`deprecated: true\`, and the reason as the annotation spark-charts/deprecation-reason; they stay where they are and can be installed as before. To hide a version, use \`repo yank\`.

Helm shows the flag where it completes --version, catalogues that read the index show it too. The archives do not change: the warning of \`helm install\`, \`helm show chart\` and Artifact Hub go by the Chart.yaml in an archive. For them publish one more version with \`deprecated: true\` in its Chart.yaml.`;
  static override readonly examples = [
    '<%= config.bin %> <%= command.id %> dist/repository spark-3-5 --reason "Spark 3.5 is no longer maintained"',
    '<%= config.bin %> <%= command.id %> dist/repository spark@1.2.0 spark@1.2.1',
    '<%= config.bin %> <%= command.id %> dist/repository spark-3-5 --undo',
  ];
  static override readonly args = {
    directory: Args.string({ required: true, description: 'Folder of a repository.' }),
    chart: Args.string({
      required: true,
      multiple: true,
      description: 'Charts, all versions of them, or single versions as CHART@VERSION.',
    }),
  };
  static override readonly flags = {
    reason: Flags.string({ exclusive: ['undo'], description: 'Why, for people.' }),
    undo: Flags.boolean({ description: 'Remove the mark.' }),
    'dry-run': Flags.boolean({ description: 'Only say what would be done.' }),
  };

  override async run(): Promise<DeprecateResult> {
    const { args, flags } = await this.parse(RepoDeprecate);
    const { reason, undo, 'dry-run': dryRun } = flags;
    const references = args.chart.map(parseReference);
    const result = await deprecate(args.directory, references, {
      progress: this.progress,
      dryRun,
      deprecation: undo ? { undo } : { ...(reason !== undefined && { reason }) },
    });
    const state = undo ? 'no longer deprecated' : 'deprecated';
    for (const { name, version } of result.changed)
      this.log(`${name} ${version}  ${dryRun ? 'would be ' : ''}${state}`);
    for (const { name, version } of result.unchanged)
      this.log(`${name} ${version}  ${undo ? 'was not deprecated' : 'was deprecated already'}`);
    return result;
  }
}
