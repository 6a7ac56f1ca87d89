import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { BaseCommand } from '../../../cli/base-command.ts';
import { UserError } from '../../../errors.ts';
import { indexDirectory } from '../../../repository/directory/index-directory.ts';
import type { IndexDirectoryResult } from '../../../repository/directory/index-result.ts';
import { count, problemLine } from '../../../text.ts';

export default class RepoIndex extends BaseCommand {
  static override readonly summary = 'Add the archives of a folder to its index.yaml.';
  static override readonly description =
    'Takes the flags of `helm repo index` and loses nothing: archives in the folder, and in the folders right in it, that the index does not name are read and added; every entry that is there stays as it is, byte for byte, and so does the whole file where nothing is to be added. An archive that has other bytes than the index says of its version is refused, and nothing is written. Archives that cannot be read are listed, the exit code is then 1; the others are in the index. Archives that are retired (see `repo prune` and `repo yank`) stay out.\n\nAn archive that the index names is not read again; with --rebuild all are, and entries that say something else than their archives are corrected. Entries whose archives are elsewhere stay. What Helm calls --json is --index-json here: --json asks every command of this program for its result as JSON.';
  static override readonly examples = [
    '<%= config.bin %> <%= command.id %> packages',
    '<%= config.bin %> <%= command.id %> packages --url https://example.com/charts --merge old-index.yaml',
    '<%= config.bin %> <%= command.id %> packages --rebuild --dry-run',
    '<%= config.bin %> <%= command.id %> packages --public-key release-keys.asc',
  ];
  static override readonly args = {
    directory: Args.string({ required: true, description: 'Folder with chart archives.' }),
  };
  static override readonly flags = {
    url: Flags.string({
      description: 'Where the folder will be found, for the urls of new entries.',
    }),
    merge: Flags.string({
      description:
        'Index whose entries are taken over as they are; where both have a version, that of the folder stays.',
      helpValue: 'FILE',
    }),
    rebuild: Flags.boolean({
      description: 'Look at every archive, and correct entries that say something else.',
    }),
    'index-json': Flags.boolean({
      description: 'Write index.json as well; from then on it is kept in step.',
    }),
    'public-key': Flags.string({
      description: 'Public keys that the index is to have, a file that `gpg --export` made.',
      helpValue: 'FILE',
      exclusive: ['dry-run'],
    }),
    'dry-run': Flags.boolean({ description: 'Only say what would be done.' }),
  };

  override async run(): Promise<IndexDirectoryResult> {
    const { args, flags } = await this.parse(RepoIndex);
    const { url, merge, rebuild } = flags;
    const result = await indexDirectory(args.directory, {
      progress: this.progress,
      ...(url !== undefined && { url }),
      ...(merge !== undefined && { merge }),
      rebuild,
      indexJson: flags['index-json'],
      dryRun: flags['dry-run'],
    });
    this.#report(result, flags['dry-run']);
    await this.#addPublicKeys(args.directory, flags['public-key']);
    if (result.unreadable.length === 0) return result;
    const unreadable = count(result.unreadable.length, 'archive');
    throw new UserError(
      'CHECK_FAILED',
      `${unreadable} cannot be read; the others ${flags['dry-run'] ? 'would be' : 'are'} indexed`,
      {
        problems: result.unreadable,
        next: 'Pack or copy them again, or remove them, then run it again.',
        result,
      },
    );
  }

  async #addPublicKeys(directory: string, keyring: string | undefined): Promise<void> {
    if (keyring === undefined) return;
    const { addPublicKeys } = await import('../../../repository/public-keys.ts');
    const isAdded = await addPublicKeys(directory, keyring, this.progress);
    this.log(`${keyring}  ${isAdded ? 'added to the public keys' : 'is there already'}`);
  }

  #report(result: IndexDirectoryResult, isDryRun: boolean): void {
    const { added, merged, corrected, withoutArchive, warnings, changed } = result;
    for (const warning of warnings) this.warn(problemLine(warning));
    const would = isDryRun ? 'would be ' : '';
    const lines = [
      ...added.map(({ name, version }) => `${name} ${version}  ${would}added`),
      ...merged.map(({ name, version }) => `${name} ${version}  ${would}taken over`),
      ...corrected.map(({ name, version }) => `${name} ${version}  ${would}corrected`),
      ...withoutArchive.map(
        ({ name, version }) => `${name} ${version}  stays, its archive is not in the folder`,
      ),
    ];
    // At once: thousands of lines one by one take time and memory.
    if (lines.length > 0) this.log(lines.join('\n'));
    if (!changed) this.log('The index lacks nothing; it was not changed.');
  }
}
