import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { BaseCommand } from '../cli/base-command.ts';
import { printable } from '../text.ts';
import { verifyFiles, type VerifiedFile } from '../provenance/verify-files.ts';

export default class Verify extends BaseCommand {
  static override readonly summary = 'Check who signed chart archives.';
  static override readonly description =
    'Does what `helm verify` does: the `.prov` file beside an archive must name it and its digest, and be signed by a key of the keyring that is neither expired nor revoked. The keyring is a file that `gpg --export` made, binary or ASCII-armored. Exit code 1 when an archive cannot be trusted; all are looked at.';
  static override readonly examples = [
    '<%= config.bin %> <%= command.id %> spark-1.0.0.tgz --keyring keyring.gpg',
    '<%= config.bin %> <%= command.id %> dist/packages/*.tgz --keyring keys.asc --json',
  ];
  static override readonly strict = false;
  static override readonly args = {
    archive: Args.string({ required: true, description: 'Chart archives.' }),
  };
  static override readonly flags = {
    keyring: Flags.string({
      required: true,
      description: 'File of the public keys to trust.',
      helpValue: 'FILE',
    }),
  };

  override async run(): Promise<{ archives: VerifiedFile[] }> {
    const { argv, flags } = await this.parse(Verify);
    const archives = await verifyFiles(argv as string[], flags.keyring, this.progress);
    for (const { file, digest, fingerprint, signedBy } of archives)
      this.log(
        printable(`${file}  sha256:${digest}  signed by ${signedBy.join(', ')} (${fingerprint})`),
      );
    return { archives };
  }
}
