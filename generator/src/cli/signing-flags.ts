import * as Flags from '@oclif/core/flags';
import type { Signer } from '../provenance/types.ts';

/** Flags to sign with, named as those of `helm package`. */
export const signingFlags = {
  sign: Flags.boolean({
    description: 'Sign: put a provenance file beside each archive, for `helm verify`.',
  }),
  key: Flags.string({
    description: 'Key to sign with: fingerprint, key id, email or a part of the user id.',
    helpValue: 'NAME',
    dependsOn: ['sign'],
  }),
  keyring: Flags.string({
    description: 'File of OpenPGP secret keys that holds the key. [default: the keys of gpg]',
    helpValue: 'FILE',
    dependsOn: ['sign'],
  }),
  'passphrase-file': Flags.string({
    description:
      'File whose first line is the passphrase of the key, - for standard input. [default: SPARK_CHARTS_KEY_PASSPHRASE; else the agent of gpg asks]',
    helpValue: 'FILE',
    dependsOn: ['sign'],
  }),
};

interface SigningFlagValues {
  sign: boolean;
  key?: string | undefined;
  keyring?: string | undefined;
  'passphrase-file'?: string | undefined;
}

/**
 * What the flags ask for; undefined without `--sign`.
 * @throws UserError as createSigner
 */
export async function signerOf(flags: SigningFlagValues): Promise<Signer | undefined> {
  if (!flags.sign) return undefined;
  // Loaded here because it takes longer than all else of a small package.
  const { createSigner } = await import('../provenance/sign.ts');
  const { key, keyring, 'passphrase-file': passphraseFile } = flags;
  return createSigner({ key, keyring, passphraseFile });
}
