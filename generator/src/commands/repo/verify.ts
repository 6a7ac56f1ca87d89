import { styleText } from 'node:util';
import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { BaseCommand } from '../../cli/base-command.ts';
import { credentialsOf, loginFlags } from '../../cli/login-flags.ts';
import type { Style } from '../../excerpt.ts';
import { readKeyringFile } from '../../provenance/keyring.ts';
import { formatVerifyReport } from '../../repository/care/verify/format.ts';
import { openRepository } from '../../repository/care/verify/open.ts';
import { verifyRepository, type VerifyReport } from '../../repository/care/verify/verify.ts';

const style: Style = (format, content) => styleText(format, content, { stream: process.stdout });

export default class RepoVerify extends BaseCommand {
  static override readonly summary = 'Check that a repository holds all that its index promises.';
  static override readonly description = `Of a folder, or of a live repository by its URL: the index is one that Helm 3, Helm 4 and Artifact Hub take; every archive that it names is there, has the digest that the index gives and the Chart.yaml that the index repeats; provenance files vouch for their archives; no two versions are the same. Versions that were retired into archive/index.yaml are checked as well. In a folder no archive or provenance file may lie that no index names.

All archives are read anew. Of a folder nothing is fetched: archives that its index has elsewhere are told as not checked. Of a live repository everything is fetched over https (over http from this machine). Where the newest version of a chart has a provenance file, those of the others are asked for; with --keyring those of all.

Exits with 0 when nothing is found but notes, with 1 for errors and warnings, with 2 for wrong input, with 3 when a file or the network fails.`;
  static override readonly examples = [
    '<%= config.bin %> <%= command.id %> dist/repository',
    '<%= config.bin %> <%= command.id %> https://example.com/charts --sample 20',
    '<%= config.bin %> <%= command.id %> dist/repository --keyring release-keys.gpg',
    '<%= config.bin %> <%= command.id %> https://example.com/private --username ci --password-stdin < password',
  ];
  static override readonly args = {
    target: Args.string({
      required: true,
      description: 'Folder of a repository, or URL of a live one or of its index.yaml.',
    }),
  };
  static override readonly flags = {
    sample: Flags.integer({
      min: 0,
      helpValue: 'N',
      description: 'Check the newest version of each chart and N others, taken at random.',
    }),
    keyring: Flags.string({
      helpValue: 'FILE',
      description: 'Public keys, one of which must have signed each archive.',
    }),
    concurrency: Flags.integer({
      min: 1,
      max: 100,
      default: 8,
      helpValue: 'N',
      description: 'How many files of a live repository are fetched at a time.',
    }),
    ...loginFlags,
  };

  override async run(): Promise<VerifyReport> {
    const { args, flags } = await this.parse(RepoVerify);
    const { sample, concurrency } = flags;
    const credentials = await credentialsOf(flags);
    const keyring = flags.keyring === undefined ? undefined : await readKeyringFile(flags.keyring);
    const repository = await openRepository(args.target, {
      concurrency,
      allProvenance: keyring !== undefined,
      progress: this.progress,
      ...(credentials && { credentials }),
    });
    const report = await verifyRepository(repository, {
      ...(sample !== undefined && { sample }),
      ...(keyring !== undefined && { keyring }),
    });
    this.log(formatVerifyReport(report, style));
    if (report.findings.some(({ severity }) => severity !== 'info')) process.exitCode = 1;
    return report;
  }
}
