import { styleText } from 'node:util';
import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import type { ChangeReport } from '../changes/types.ts';
import { BaseCommand } from '../cli/base-command.ts';
import { changedSinceFlags, changesOf } from '../cli/changed-since-flag.ts';
import { formatUserError } from '../cli/report.ts';
import { UserError } from '../errors.ts';
import type { Style } from '../excerpt.ts';
import type { FixResult } from '../lint/fix.ts';
import { formatReport, FORMATS } from '../lint/formats/format.ts';
import { kubernetesVersions } from '../lint/kubernetes-versions.ts';
import { lintCharts, type LintReport } from '../lint/lint.ts';
import { nameCharts, withLintTargets } from '../lint/targets.ts';

/** What `--json` prints. */
type Document = LintReport & { fixes?: FixResult[]; changes?: ChangeReport };

const CLEAR_SCREEN = '\u001B[2J\u001B[3J\u001B[H';

const style: Style = (format, text) => styleText(format, text, { stream: process.stdout });

export default class Lint extends BaseCommand {
  static override readonly summary = 'Lint charts, for each values case and Kubernetes version.';
  static override readonly description = `Works on any Helm chart. Each ci/*-values.yaml of a chart (its defaults where it has none) is rendered on each Kubernetes minor version that the catalogue supports (outside of a project: on each whose API is known), with Helm's strict lint, the schemas of Kubernetes and rules on what charts render and how they are written. A chart that was linted before is not linted again.

Exits with 0 when nothing is found but notes, with 1 for errors and warnings, with 2 for wrong input, with 3 when a tool, a file or the network fails.`;
  static override readonly examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> dist/charts/spark --kube-version 1.33 --kube-version 1.34',
    '<%= config.bin %> <%= command.id %> ./chart other-1.2.3.tgz oci://registry.example.com/charts/app:1.2.3',
    '<%= config.bin %> <%= command.id %> --format sarif > lint.sarif',
    '<%= config.bin %> <%= command.id %> ./chart --fix',
    '<%= config.bin %> <%= command.id %> spark --watch',
    '<%= config.bin %> <%= command.id %> charts --changed-since origin/main',
  ];
  static override readonly strict = false;
  static override readonly args = {
    chart: Args.string({
      description:
        'Folders of charts, archives (.tgz), names of generated charts, oci://registry/path[:version|@digest] or URLs of archives; all generated charts by default.',
    }),
  };
  static override readonly flags = {
    'kube-version': Flags.string({
      description: 'Kubernetes version to lint for; may be given several times.',
      multiple: true,
      multipleNonGreedy: true,
    }),
    format: Flags.option({
      options: FORMATS,
      default: 'pretty',
      description:
        'How the report is printed: for people, as data, for code scanning, for test reports, as annotations of GitHub.',
    })(),
    fix: Flags.boolean({
      description: 'Mend what can be mended without thinking, then lint again.',
      exclusive: ['format'],
    }),
    watch: Flags.boolean({
      description:
        'Lint again whenever a chart changes, until interrupted; in a project generate it first when its sources change.',
      exclusive: ['changed-since', 'fix', 'format', 'json'],
    }),
    'plain-http': Flags.boolean({
      description: 'Pull from registries on this machine without TLS.',
    }),
    ...changedSinceFlags,
  };

  async run(): Promise<Document> {
    const { argv, flags } = await this.parse(Lint);
    const args = argv as string[];
    const { progress } = this;
    const kubeVersions = await kubernetesVersions(flags['kube-version'] ?? []);
    if (flags.watch) return this.#watch(args, kubeVersions);
    const pull = { plainHttp: flags['plain-http'], progress };
    return withLintTargets(args, pull, async (found) => {
      const charts = found.map(({ path }) => path).filter((path) => !path.endsWith('.tgz'));
      const changes = await changesOf(charts, flags, { progress, tell: this.tell });
      const targets = found.filter(({ path }) => changes?.unchanged.includes(path) !== true);
      const paths = targets.map(({ path }) => path);
      const lint = async () =>
        nameCharts(await lintCharts(paths, { kubeVersions, progress }), targets);
      const document = flags.fix ? await this.#fix(lint) : await lint();
      const options = { directory: process.cwd(), version: this.config.version, style };
      this.log(await formatReport(flags.format, document, options));
      if (document.findings.some(({ severity }) => severity !== 'info')) process.exitCode = 1;
      return { ...document, ...(changes && { changes }) };
    });
  }

  async #fix(lint: () => Promise<LintReport>): Promise<Document> {
    const { findings } = await lint();
    const { fixFindings } = await import('../lint/fix.ts');
    const { formatFixes } = await import('../lint/formats/fixes.ts');
    const fixes = await fixFindings(findings, this.progress);
    this.log(`${formatFixes(fixes, style)}\n`);
    return { ...(await lint()), fixes };
  }

  async #watch(args: readonly string[], kubeVersions: readonly string[]): Promise<never> {
    const { watchCharts } = await import('../lint/watch.ts');
    const { formatPretty } = await import('../lint/formats/pretty.ts');
    return watchCharts(args, {
      kubeVersions,
      progress: this.progress,
      onRound: (result, watched) => {
        const text =
          result instanceof UserError
            ? formatUserError(result, process.stdout).trimEnd()
            : formatPretty(result, style);
        if (process.stdout.isTTY) this.log(CLEAR_SCREEN);
        const time = new Date().toTimeString().slice(0, 8);
        this.log(`${text}\n\n${time}  watching ${watched.join(', ')}; stop with Ctrl+C\n`);
      },
    });
  }
}
