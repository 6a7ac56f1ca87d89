import { Args, Flags } from '@oclif/core';
import { BaseCommand } from '../cli/base-command.ts';
import { lintCharts, type LintReport } from '../lint/lint.ts';
import { formatLintReport } from '../lint/pretty.ts';
import { kubernetesVersions, lintTargets } from '../lint/targets.ts';

export default class Lint extends BaseCommand {
  static override readonly summary =
    'Lint charts with Helm, for each values case and Kubernetes version.';
  static override readonly description = `Runs Helm's strict lint and a real rendering for each ci/*-values.yaml of a chart (its defaults where it has none), on the oldest and the newest supported Kubernetes, and checks what is rendered. Works on any Helm chart. Exits with 1 when there are errors or warnings.`;
  static override readonly examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> dist/charts/spark --kube-version 1.33',
    '<%= config.bin %> <%= command.id %> other-chart-1.2.3.tgz --json',
  ];
  static override readonly strict = false;
  static override readonly args = {
    chart: Args.string({
      description:
        'Folders of charts, archives (.tgz) or names of generated charts; all generated charts by default.',
    }),
  };
  static override readonly flags = {
    'kube-version': Flags.string({
      description: 'Kubernetes version to lint for; may be given several times.',
      multiple: true,
      multipleNonGreedy: true,
    }),
    format: Flags.option({
      options: ['pretty', 'json'] as const,
      default: 'pretty',
      description: 'How the report is printed.',
    })(),
  };

  async run(): Promise<LintReport> {
    const { argv, flags } = await this.parse(Lint);
    const charts = await lintTargets(argv as string[]);
    const kubeVersions = await kubernetesVersions(flags['kube-version'] ?? []);
    const report = await lintCharts(charts, { kubeVersions, progress: this.progress });
    this.log(flags.format === 'json' ? JSON.stringify(report, null, 2) : formatLintReport(report));
    if (report.findings.some(({ severity }) => severity !== 'info')) process.exitCode = 1;
    return report;
  }
}
