import * as Flags from '@oclif/core/flags';
import type { ChartArchive } from '../archive/archive.ts';
import type { ChangeReport } from '../changes/types.ts';
import { BaseCommand } from '../cli/base-command.ts';
import { changedSinceFlags, changesOf } from '../cli/changed-since-flag.ts';
import { chartArgs } from '../cli/chart-args.ts';
import { credentialsOf, loginFlags } from '../cli/login-flags.ts';
import { signerOf, signingFlags } from '../cli/signing-flags.ts';
import type { Signer } from '../provenance/types.ts';
import { collectArchives } from '../repository/collect.ts';
import { readNamed } from '../files/read.ts';
import { formatTargetPlan } from '../repository/format-plan.ts';
import { readSboms } from '../repository/oci/sbom.ts';
import { publishTo, type TargetPlan } from '../repository/publish.ts';
import { readStoredPlan } from '../repository/stored-plan.ts';
import { problemLine } from '../text.ts';

export default class Publish extends BaseCommand {
  static override readonly summary = 'Publish charts to chart repositories and registries.';
  static override readonly description = `Charts are packed first, archives taken as they are, with the \`.prov\` files beside them. Archives are there and checked before an index or tag names them; stopped anywhere and run again it ends in the same state, and others may publish at the same time. A version that is there with the same bytes is left alone, and so is its provenance file as long as that vouches for it; with other bytes it stops everything, and both digests are named, unless --allow-overwrite says otherwise. An index keeps every entry it has, byte for byte.

Targets (--to, as often as wanted; all are looked at before any is changed):
- a folder
- git+https://host/owner/repository.git#branch (git+ssh, git+file): a branch, gh-pages where none is named, made where it is missing; logins are those of git
- github:owner/repository#branch: a release for each version, the index on the branch (gh-pages where none is named); GITHUB_TOKEN with \`contents: write\`
- github:owner/repository@tag: the same, the index as a file of the release of that tag
- oci://registry/path: as \`helm push\` does it; logins are those of Helm and Docker, or --username
- chartmuseum+https://host/path`;
  static override readonly examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> spark --to dist/repository --dry-run',
    '<%= config.bin %> <%= command.id %> my-chart-1.2.3.tgz --to /srv/charts --url https://example.com/charts',
    '<%= config.bin %> <%= command.id %> --to git+https://github.com/example/charts.git#gh-pages --to oci://ghcr.io/example/charts',
    '<%= config.bin %> <%= command.id %> --to github:example/charts',
    '<%= config.bin %> <%= command.id %> --to github:example/charts --pull-request',
    '<%= config.bin %> <%= command.id %> --sign --key charts@example.com',
    '<%= config.bin %> <%= command.id %> charts --to oci://ghcr.io/example/charts --dry-run --json > plan.json',
    '<%= config.bin %> <%= command.id %> charts --plan plan.json',
    '<%= config.bin %> <%= command.id %> charts --changed-since HEAD~1',
    '<%= config.bin %> <%= command.id %> packages/my-chart-1.2.3.tgz --to oci://ghcr.io/example/charts --sbom packages',
  ];
  static override readonly strict = false;
  static override readonly args = chartArgs;
  static override readonly flags = {
    to: Flags.string({
      multiple: true,
      multipleNonGreedy: true,
      default: ['dist/repository'],
      description: 'Where to publish.',
      helpValue: 'TARGET',
    }),
    url: Flags.string({
      description:
        'Where clients will find a folder or branch; without it its index names files relative to itself.',
    }),
    'dry-run': Flags.boolean({
      description: 'Only say what would be done; with --json that is a plan for --plan.',
    }),
    plan: Flags.string({
      description:
        'Publish to the targets of a plan, and only what it says: where that is no longer what there is to do, nothing happens.',
      helpValue: 'FILE',
      exclusive: ['to', 'dry-run'],
    }),
    'pull-request': Flags.boolean({
      description:
        'Propose the change of a branch on GitHub by a pull request; releases are published before. Takes GITHUB_TOKEN with `contents: write` and `pull-requests: write`.',
    }),
    ...loginFlags,
    'plain-http': Flags.boolean({
      description: 'Talk to registries without TLS; those on this machine need no flag.',
    }),
    'ca-file': Flags.string({
      description:
        'Certificates (PEM) of the authorities that vouch for a registry or ChartMuseum.',
      helpValue: 'FILE',
    }),
    'artifact-hub': Flags.string({
      description:
        'artifacthub-repo.yml, which the repository of each chart in a registry is given.',
      helpValue: 'FILE',
    }),
    sbom: Flags.string({
      description:
        'SBOMs, `<archive>.spdx.json` or `<archive>.cdx.json` for each archive, to be attached to the charts in a registry.',
      helpValue: 'FOLDER',
    }),
    'allow-overwrite': Flags.boolean({
      description:
        'Replace versions that are there with other bytes; registries and branches of git only, which change in one step.',
    }),
    ...signingFlags,
    ...changedSinceFlags,
  };

  override async run(): Promise<{ targets: TargetPlan[]; changes?: ChangeReport }> {
    const { argv, flags } = await this.parse(Publish);
    const { url, 'ca-file': caFile, 'artifact-hub': artifactHub, sbom, 'dry-run': asked } = flags;
    let changes: ChangeReport | undefined;
    const collected = await collectArchives(argv as string[], this.progress, async (charts) => {
      changes = await changesOf(charts, flags, { progress: this.progress, tell: this.tell });
      return changes?.changed.map(({ chart }) => chart) ?? charts;
    });
    const archives = await this.#sign(collected, await signerOf(flags));
    // With nothing to publish not even an empty repository is made.
    const dryRun = asked || archives.length === 0;
    const credentials = await credentialsOf(flags);
    const stored = flags.plan === undefined ? undefined : await readStoredPlan(flags.plan);
    const to = stored?.targets.map(({ target }) => target) ?? flags.to;
    const targets = await publishTo(to, archives, {
      dryRun,
      ...(stored && { plan: stored }),
      progress: this.progress,
      ...(url !== undefined && { url }),
      ...(credentials && { credentials }),
      ...(flags['pull-request'] && { pullRequest: true }),
      ...(flags['plain-http'] && { plainHttp: true }),
      ...(caFile !== undefined && { caFile }),
      ...(artifactHub !== undefined && { artifactHub: await readNamed(artifactHub) }),
      ...(sbom !== undefined && { sboms: await readSboms(sbom, archives) }),
      ...(flags['allow-overwrite'] && { allowOverwrite: true }),
    });
    for (const plan of targets) {
      for (const warning of plan.warnings) this.warn(problemLine(warning));
      for (const line of formatTargetPlan(plan, dryRun)) this.log(line);
    }
    return { targets, ...(changes && { changes }) };
  }

  async #sign(archives: ChartArchive[], signer: Signer | undefined): Promise<ChartArchive[]> {
    if (!signer) return archives;
    const { signArchives } = await import('../provenance/sign.ts');
    return signArchives(archives, signer, this.progress);
  }
}
