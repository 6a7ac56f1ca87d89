import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';

/** Is GnuPG there? Tests that need it are passed over without it. */
export const hasGpg = spawnSync('gpg', ['--version']).status === 0;
if (!hasGpg) console.warn('gpg is not installed: tests of signing with it are SKIPPED');

/** Runs GnuPG on the keys of the tests. */
export function gpg(args: readonly string[], input: Uint8Array | string = ''): Buffer {
  return execFileSync('gpg', ['--batch', '--quiet', ...args], {
    input,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
}

/** Gives the tests of a file a GnuPG of their own, without keys. */
export function useGpg(): void {
  const before = process.env.GNUPGHOME;
  let home: string | undefined;
  beforeAll(() => {
    if (!hasGpg) return;
    // Short, because the path of the agent's socket must be.
    home = mkdtempSync('/tmp/gpg-');
    // Else the agent takes seconds to find out how slow a passphrase can be made.
    writeFileSync(join(home, 'gpg-agent.conf'), 's2k-count 1024\n');
    process.env.GNUPGHOME = home;
  });
  afterAll(() => {
    if (home === undefined) return;
    execFileSync('gpgconf', ['--kill', 'all']);
    rmSync(home, { recursive: true, force: true });
    if (before === undefined) delete process.env.GNUPGHOME;
    else process.env.GNUPGHOME = before;
  });
}

/**
 * Makes a key that can sign.
 * @param options.expires as gpg has it: `never`, `1d`, `seconds=2`.
 * @returns its fingerprint.
 */
export function makeKey(
  userId: string,
  {
    algorithm = 'ed25519',
    passphrase = '',
    expires = 'never',
    time = '',
  }: { algorithm?: string; passphrase?: string; expires?: string; time?: string } = {},
): string {
  gpg([
    ...(time === '' ? [] : [`--faked-system-time=${time}`]),
    '--pinentry-mode',
    'loopback',
    '--passphrase',
    passphrase,
    '--quick-generate-key',
    userId,
    algorithm,
    'sign',
    expires,
  ]);
  return fingerprintOf(userId);
}

/** The fingerprint of a key. */
export function fingerprintOf(userId: string): string {
  const listing = gpg(['--with-colons', '--list-keys', '--', userId]).toString();
  return /^fpr:+([\dA-F]+)/m.exec(listing)?.[1] ?? '';
}

/** The secret key as a file holds it. */
export function exportSecretKey(
  name: string,
  options: readonly string[] = [],
  passphrase = '',
): Buffer {
  const loopback = ['--pinentry-mode', 'loopback', '--passphrase', passphrase];
  return gpg([...loopback, ...options, '--export-secret-keys', '--', name]);
}
