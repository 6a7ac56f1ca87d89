import type { Key } from 'openpgp';
import { UserError } from '../errors.ts';
import { readClearSigned } from './clear-signed.ts';
import { runGpg } from './gpg.ts';
import { fingerprintOf, readKeyring } from './keyring.ts';
import { PASSPHRASE_VARIABLE } from './passphrase.ts';
import { signingDate } from './signing-date.ts';
import type { Signer } from './types.ts';
import { verifyProvenance } from './verify.ts';

export interface GpgKey {
  /** As gpg takes it: fingerprint, key id, email or a part of the user id. */
  name: string;
  /** Where there is none, gpg's agent asks for it. */
  passphrase: string | undefined;
}

/**
 * Signs through GnuPG, which knows the agent, smartcards and keys whose primary key is elsewhere.
 * @throws UserError SIGNING_FAILED where the key is not there, TOOL_MISSING, TOOL_FAILED
 */
export async function gpgSigner({ name, passphrase }: GpgKey): Promise<Signer> {
  const fingerprint = await findSecretKey(name);
  const key = await exportPublicKey(fingerprint);
  // With a mark behind it a name means one subkey.
  const user = name.endsWith('!') ? name : fingerprint;
  return {
    sign: (text) => signWith(user, key, { text, passphrase }),
    verify: (provenance, archive) => verifyProvenance(provenance, archive, [key]),
  };
}

/** The fingerprint of the one usable secret key that a name means. */
async function findSecretKey(name: string): Promise<string> {
  const list = ['--with-colons', '--list-secret-keys', '--', name];
  const { stdout } = await runGpg(list);
  const [fingerprint, ...others] = usableKeys(stdout.toString());
  if (fingerprint === undefined)
    throw new UserError('SIGNING_FAILED', `gpg has no usable secret key for ${name}`, {
      next: 'See `gpg --list-secret-keys`: the key may be missing, expired or revoked.',
    });
  if (others.length === 0) return fingerprint;
  throw new UserError('SIGNING_FAILED', `gpg has several secret keys for ${name}`, {
    next: `Name one by its fingerprint with --key: ${[fingerprint, ...others].join(', ')}.`,
  });
}

/** Fingerprints in gpg's listing (doc/DETAILS), without those of expired, revoked or disabled keys. */
function usableKeys(listing: string): string[] {
  const keys: string[] = [];
  let isUsable = false;
  for (const line of listing.split('\n')) {
    const fields = line.split(':');
    if (fields[0] === 'sec') isUsable = !/^[erdi]/.test(fields[1] ?? '');
    if (fields[0] !== 'fpr' || !isUsable) continue;
    // Those that follow are of subkeys.
    isUsable = false;
    keys.push(fields[9] ?? '');
  }
  return keys;
}

async function exportPublicKey(fingerprint: string): Promise<Key> {
  const { stdout } = await runGpg(['--export', '--', fingerprint]);
  const [key] = await readKeyring(stdout, `the key ${fingerprint} that gpg exported`);
  if (key !== undefined) return key;
  throw new UserError('SIGNING_FAILED', `gpg does not export the public key ${fingerprint}`);
}

async function signWith(
  user: string,
  key: Key,
  input: { text: string; passphrase: string | undefined },
): Promise<Uint8Array> {
  const date = await signingDate(key);
  const time = date === undefined ? [] : [`--faked-system-time=${date.getTime() / 1000}!`];
  const { exitCode, stdout, stderr } = await runGpg(
    [...time, '--digest-algo', 'SHA512', `--local-user=${user}`, '--clearsign'],
    input,
  );
  if (exitCode === 0) {
    assertWhole(stdout, input.text);
    return stdout;
  }
  const messages = stderr.split('\n').filter((line) => line.startsWith('gpg: '));
  throw new UserError(
    'SIGNING_FAILED',
    `gpg could not sign with ${fingerprintOf(key)}: ${messages.at(-1)?.slice(5) ?? `status ${exitCode}`}`,
    {
      next: `Unlock the key for gpg's agent, or give its passphrase with --passphrase-file or in ${PASSPHRASE_VARIABLE}.`,
    },
  );
}

/** gpg cuts lines of more than 19995 bytes (MAX_LINELEN in g10/textfilter.c) and only warns. */
function assertWhole(signed: Uint8Array, text: string): void {
  if (readClearSigned(signed).text.trimEnd() === text.trimEnd()) return;
  throw new UserError('SIGNING_FAILED', 'gpg cuts the long lines of this Chart.yaml', {
    next: 'Shorten them, an icon for example, or sign with a key in a file: --keyring.',
  });
}
