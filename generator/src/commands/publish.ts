import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { BaseCommand } from '../cli/base-command.ts';
import { signerOf, signingFlags } from '../cli/signing-flags.ts';
import type { ChartArchive } from '../archive/archive.ts';
import type { Signer } from '../provenance/types.ts';
import { collectArchives } from '../repository/collect.ts';
import { DirectoryStore } from '../repository/directory/directory-store.ts';
import type { PublishPlan } from '../repository/store.ts';
import { problemLine } from '../text.ts';

export default class Publish extends BaseCommand {
  static override readonly summary = 'Publish charts to a chart repository.';
  static override readonly description =
    'Charts are packed first, archives taken as they are, with the `.prov` files beside them. Archives are written and checked before the index names them; stopped anywhere and run again it ends in the same state. A version that is there with the same bytes is left alone, and so is its provenance file as long as that vouches for it; with other bytes it stops everything, and both digests are named. Provenance files (`.prov`) beside archives are published with them. The index keeps every entry it has, byte for byte.';
  static override readonly examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> spark --to dist/repository --dry-run',
    '<%= config.bin %> <%= command.id %> my-chart-1.2.3.tgz --to /srv/charts --url https://example.com/charts',
    '<%= config.bin %> <%= command.id %> --sign --key charts@example.com',
  ];
  static override readonly strict = false;
  static override readonly args = {
    chart: Args.string({
      description:
        'Archives, chart folders, folders of charts or names in dist/charts. [default: dist/charts]',
    }),
  };
  static override readonly flags = {
    to: Flags.string({
      default: 'dist/repository',
      description: 'Folder to publish to.',
      helpValue: 'DIR',
    }),
    url: Flags.string({
      description:
        'Where the folder will be found; without it the index names files relative to itself.',
    }),
    'dry-run': Flags.boolean({ description: 'Only say what would be done.' }),
    ...signingFlags,
  };

  override async run(): Promise<PublishPlan> {
    const { argv, flags } = await this.parse(Publish);
    const store = new DirectoryStore(flags.to, flags.url === undefined ? {} : { url: flags.url });
    const collected = await collectArchives(argv as string[], this.progress);
    const archives = await this.#sign(collected, await signerOf(flags));
    const plan = flags['dry-run']
      ? await store.plan(archives)
      : await store.publish(archives, this.progress);
    this.#report(plan, flags['dry-run'] ? 'would be published' : 'published', flags.to);
    return plan;
  }

  async #sign(archives: ChartArchive[], signer: Signer | undefined): Promise<ChartArchive[]> {
    if (!signer) return archives;
    const { signArchives } = await import('../provenance/sign.ts');
    return signArchives(archives, signer, this.progress);
  }

  #report(
    { uploads, additions, unchanged, provenance, warnings }: PublishPlan,
    done: string,
    to: string,
  ): void {
    for (const warning of warnings) this.warn(problemLine(warning));
    const added = new Set(additions.map(({ digest }) => digest));
    for (const { fileName, digest } of uploads)
      if (!added.has(digest)) this.log(`${fileName}  sha256:${digest}  was missing, ${done}`);
    for (const file of provenance) this.log(`${file}  ${done}`);
    for (const { name, version, digest } of additions)
      this.log(`${name} ${version}  sha256:${digest}  ${done}`);
    for (const { name, version, digest } of unchanged)
      this.log(`${name} ${version}  sha256:${digest}  unchanged`);
    this.log(`${additions.length} ${done} in ${to}, ${unchanged.length} unchanged`);
  }
}
