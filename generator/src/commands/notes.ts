import * as Flags from '@oclif/core/flags';
import { readReleaseNotes, type ReleaseNotes } from '../changes/notes/notes.ts';
import { BaseCommand } from '../cli/base-command.ts';
import { chartArgs } from '../cli/chart-args.ts';
import { lintTargets } from '../lint/targets.ts';
import { printable } from '../text.ts';

export default class Notes extends BaseCommand {
  static override readonly summary = 'Print the release notes of charts.';
  static override readonly description =
    "Markdown: what a chart's CHANGELOG.md says of its version, else its annotation artifacthub.io/changes. Where neither says anything nothing is printed, and the exit code is 0.";
  static override readonly examples = [
    '<%= config.bin %> <%= command.id %> spark',
    '<%= config.bin %> <%= command.id %> ./my-chart --from 1.2.0',
    '<%= config.bin %> <%= command.id %> my-chart-1.3.0.tgz > notes.md',
  ];
  static override readonly strict = false;
  static override readonly args = chartArgs;
  static override readonly flags = {
    from: Flags.string({
      description: 'Version before: tell all that came after it, where there is a CHANGELOG.md.',
      helpValue: 'VERSION',
    }),
  };

  override async run(): Promise<{ notes: ReleaseNotes[] }> {
    const { argv, flags } = await this.parse(Notes);
    const charts = await lintTargets(argv as string[]);
    const notes = await Promise.all(charts.map((chart) => readReleaseNotes(chart, flags.from)));
    for (const { name, version, source, text } of notes) {
      if (source === undefined)
        this.tell(
          `${name} ${version}: neither a CHANGELOG.md nor artifacthub.io/changes says what it brings`,
        );
      else if (notes.length === 1) this.log(printable(text));
      else this.log(printable(`# ${name} ${version}\n\n${text}\n`));
    }
    return { notes };
  }
}
