import { styleText } from 'node:util';
import * as Args from '@oclif/core/args';
import { BaseCommand } from '../../cli/base-command.ts';
import { credentialsOf, loginFlags } from '../../cli/login-flags.ts';
import type { Style } from '../../excerpt.ts';
import { diffRepositories, type RepositoryDiff } from '../../repository/care/diff/diff.ts';
import { formatRepositoryDiff } from '../../repository/care/diff/format.ts';
import { readStates } from '../../repository/care/diff/read-state.ts';

const style: Style = (format, content) => styleText(format, content, { stream: process.stdout });
const TARGET = 'index file, folder of a repository, or URL of a live one';

export default class RepoDiff extends BaseCommand {
  static override readonly summary = 'Say what differs between two states of a repository.';
  static override readonly description =
    'Worst first: versions that have other bytes, versions that are gone, retired, brought back or new, fields that changed, what `helm install` now takes, what changed at the top of the index, and problems that were not there before. Changes nothing; the exit code is 0 whatever differs.';
  static override readonly examples = [
    '<%= config.bin %> <%= command.id %> https://example.com/charts dist/repository',
    '<%= config.bin %> <%= command.id %> old-index.yaml dist/repository/index.yaml --json',
    '<%= config.bin %> <%= command.id %> https://example.com/private dist/repository --username ci --password-stdin < password',
  ];
  static override readonly args = {
    old: Args.string({ required: true, description: `What was: ${TARGET}.` }),
    new: Args.string({ required: true, description: `What is: ${TARGET}.` }),
  };
  static override readonly flags = { ...loginFlags };

  override async run(): Promise<RepositoryDiff> {
    const { args, flags } = await this.parse(RepoDiff);
    const credentials = await credentialsOf(flags);
    const [before, after] = await readStates([args.old, args.new], this.progress, credentials);
    const diff = diffRepositories(before, after);
    this.log(formatRepositoryDiff(diff, style));
    return diff;
  }
}
