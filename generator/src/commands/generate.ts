import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { BaseCommand } from '../cli/base-command.ts';
import { UserError } from '../errors.ts';
import { requireFolder } from '../files/folder.ts';
import {
  apply,
  type ChartPlan,
  diff,
  differences,
  plan,
  refuseForeignFiles,
} from '../fileset/index.ts';
import { generateCharts } from '../generate.ts';
import { count } from '../text.ts';

export default class Generate extends BaseCommand {
  static override readonly summary = 'Write the charts from their sources.';
  static override readonly description =
    'Writes dist/charts from charts-src. A chart is replaced as a whole or not at all; files that a person made or edited are never overwritten. Without names all charts are made, and generated charts that are no longer in the catalogue are removed.';
  static override readonly examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> spark spark-4-2',
    '<%= config.bin %> <%= command.id %> --check',
    '<%= config.bin %> <%= command.id %> --dry-run',
  ];
  static override readonly strict = false;
  static override readonly args = {
    chart: Args.string({ description: 'Charts to write, for example spark-4-2; all by default.' }),
  };
  static override readonly flags = {
    check: Flags.boolean({
      description: 'Write nothing; exit with 1 when the charts are not as the sources say.',
      exclusive: ['dry-run'],
    }),
    'dry-run': Flags.boolean({ description: 'Write nothing; print what would change as a diff.' }),
    source: Flags.directory({ description: 'Folder of the sources.', default: 'charts-src' }),
    output: Flags.string({ description: 'Folder of the charts.', default: 'dist/charts' }),
  };

  async run(): Promise<object> {
    const { argv, flags } = await this.parse(Generate);
    const names = argv as string[];
    requireFolder(flags.source, 'Name the folder of the chart sources with --source.');
    const charts = await generateCharts(flags.source, names, this.progress);
    const options = { complete: names.length === 0 };
    if (flags.check) return this.#check(flags.output, await plan(flags.output, charts, options));
    if (flags['dry-run']) {
      const plans = await plan(flags.output, charts, options);
      const patch = await diff(flags.output, plans, charts);
      this.log(patch === '' ? summary(plans) : patch.trimEnd());
      refuseForeignFiles(flags.output, plans);
      return { charts: plans, diff: patch };
    }
    const plans = await apply(flags.output, charts, { ...options, progress: this.progress });
    this.log(summary(plans));
    return { charts: plans };
  }

  #check(output: string, plans: ChartPlan[]): object {
    const problems = differences(output, plans);
    if (problems.length > 0) {
      const run = `${this.config.bin} generate and commit the result`;
      throw new UserError('GENERATED_FILES_DIFFER', `${output} is not as the sources say`, {
        problems,
        next: plans.some(({ refused }) => refused.length > 0)
          ? `First do what is said of the files that are not as generated; then run ${run}.`
          : `Run ${run}.`,
      });
    }
    this.log(summary(plans));
    return { charts: plans };
  }
}

/** `5 charts, 12 files changed`. */
function summary(plans: readonly ChartPlan[]): string {
  const files = plans.flatMap(({ added, changed, removed }) => [...added, ...changed, ...removed]);
  const done = files.length === 0 ? 'nothing changed' : `${count(files.length, 'file')} changed`;
  return `${count(plans.length, 'chart')}, ${done}`;
}
