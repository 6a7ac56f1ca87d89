import { Args, Flags } from '@oclif/core';
import { BaseCommand } from '../../../cli/base-command.ts';
import { UserError } from '../../../errors.ts';
import {
  indexDirectory,
  type IndexDirectoryResult,
} from '../../../repository/directory/index-directory.ts';

export default class RepoIndex extends BaseCommand {
  static override readonly summary = 'Add the archives of a folder to its index.yaml.';
  static override readonly description =
    'Takes the flags of `helm repo index` and loses nothing: archives in the folder, and in the folders right in it, that the index lacks are added; every entry that is there stays as it is, and so does the whole file where nothing is to be added. Archives that cannot be read are listed, the exit code is then 1; the others are in the index. An archive that is not the one the index names is refused, and nothing is written.';
  static override readonly examples = [
    '<%= config.bin %> <%= command.id %> packages',
    '<%= config.bin %> <%= command.id %> packages --url https://example.com/charts --merge old-index.yaml',
  ];
  static override readonly args = {
    directory: Args.string({ required: true, description: 'Folder with chart archives.' }),
  };
  static override readonly flags = {
    url: Flags.string({
      description: 'Where the folder will be found, for the urls of new entries.',
    }),
    merge: Flags.string({ description: 'Index whose entries are taken over.', helpValue: 'FILE' }),
  };

  override async run(): Promise<IndexDirectoryResult> {
    const { args, flags } = await this.parse(RepoIndex);
    const { url, merge } = flags;
    const result = await indexDirectory(args.directory, {
      progress: this.progress,
      ...(url !== undefined && { url }),
      ...(merge !== undefined && { merge }),
    });
    for (const { message, file = '', path = '' } of result.warnings)
      this.warn(`${file}: ${path}: ${message}`);
    for (const { name, version } of result.added) this.log(`${name} ${version}  added`);
    if (!result.changed) this.log('The index lacks nothing; it was not changed.');
    if (result.unreadable.length > 0)
      throw new UserError(
        'CHECK_FAILED',
        `${result.unreadable.length} archives cannot be read; all others are in the index`,
        {
          problems: result.unreadable,
        },
      );
    return result;
  }
}
