import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { ChartArchive } from '../../generator/src/archive/archive.ts';
import { packChart } from '../../generator/src/archive/pack.ts';
import { readArchiveFile } from '../../generator/src/archive/read.ts';
import { type Helm, runHelm, withHelm } from '../../generator/src/helm/helm.ts';
import { readClearSigned } from '../../generator/src/provenance/clear-signed.ts';
import { readKeyring } from '../../generator/src/provenance/keyring.ts';
import { createSigner, signArchive, signArchives } from '../../generator/src/provenance/sign.ts';
import { statementOf } from '../../generator/src/provenance/statement.ts';
import { verifyProvenance } from '../../generator/src/provenance/verify.ts';
import { silent } from '../../generator/src/progress.ts';
import { DirectoryStore } from '../../generator/src/repository/directory/directory-store.ts';
import { addPublicKeys } from '../../generator/src/repository/public-keys.ts';
import { startServer } from '../../generator/src/repository/serve/server.ts';
import { exportSecretKey, gpg, hasGpg, makeKey, useGpg } from '../support/gpg.ts';
import { useTools } from '../support/tools.ts';
import { chartYaml, writeChart } from '../unit/archive/fixture.ts';
import { temporaryFolder } from '../unit/fileset/fixture.ts';

useTools('helm-4', 'helm-3');
useGpg();

/** Lists, whose dashes a clear-signed text escapes, and text whose white space it drops. */
const ODD = `
description: "Ünïcödé — 漢字 \\U0001F680, it's \\"quoted\\": yes"
keywords: [--dashes, "- dash", "1.0", "yes"]
maintainers: [{ name: Jo — Ä, email: jo@example.com }]
annotations:
  changes: |
    - one
    ---
    ...
    -----BEGIN PGP SIGNATURE-----
  trailing: "white space \\t\\nat the end of lines \\n\\n"
`;

const ALGORITHMS = ['rsa3072', 'ed25519', 'nistp256'] as const;

async function oddChart(): Promise<ChartArchive> {
  return packChart(writeChart({ 'Chart.yaml': chartYaml('odd', '1.0.0+1', ODD) }));
}

async function succeed(helm: Helm, args: readonly string[]): Promise<string> {
  const result = await runHelm(helm, args);
  expect(result.exitCode, `helm ${args.join(' ')}\n${result.stderr}`).toBe(0);
  return result.stdout;
}

/** A keyring of all public keys, in the format that Helm 3 reads. */
function writeKeyring(folder: string): string {
  const file = join(folder, 'keyring.gpg');
  writeFileSync(file, gpg(['--export']));
  return file;
}

describe.skipIf(!hasGpg).each(['helm-3', 'helm-4'] as const)('%s', (name) => {
  test.each(ALGORITHMS)('verifies what gpg and a key file signed: %s', async (algorithm) => {
    const folder = temporaryFolder();
    const fingerprint = makeKey(`${name} ${algorithm} <a@example.com>`, { algorithm });
    const secret = join(folder, 'secret.asc');
    writeFileSync(secret, exportSecretKey(fingerprint, ['--armor']));
    const keyring = writeKeyring(folder);
    const archive = await oddChart();
    const file = join(folder, archive.fileName);
    writeFileSync(file, archive.bytes);
    await withHelm(name, console.log, async (helm) => {
      for (const key of [{ key: fingerprint }, { keyring: secret }]) {
        const provenance = await signArchive(archive, await createSigner(key));
        writeFileSync(`${file}.prov`, provenance);
        const said = await succeed(helm, ['verify', file, '--keyring', keyring]);
        expect(said).toContain(fingerprint);
        expect(said).toContain(archive.digest);
        gpg(['--verify', `${file}.prov`]);
      }
    });
  });

  test('pulls and verifies a chart that was signed and published', async () => {
    const [folder, keys, out] = [temporaryFolder(), temporaryFolder(), temporaryFolder()];
    const fingerprint = makeKey(`${name} publishes <c@example.com>`);
    const signer = await createSigner({ key: fingerprint });
    const archives = await signArchives([await oddChart()], signer, silent);
    await new DirectoryStore(folder).publish(archives, silent);
    const keyring = writeKeyring(keys);
    await addPublicKeys(folder, keyring, silent);
    const server = await startServer(folder, { port: 0 });
    onTestFinished(() => server.close());
    await withHelm(name, console.log, async (helm) => {
      await succeed(helm, ['repo', 'add', 'ours', server.url]);
      const pull = ['pull', 'ours/odd', '--verify', '--keyring', keyring, '-d', out];
      expect(await succeed(helm, pull)).toContain(fingerprint);
      writeFileSync(join(folder, 'odd-1.0.0+1.tgz.prov'), 'garbage');
      expect((await runHelm(helm, pull)).exitCode).not.toBe(0);
    });
  });

  test('signs what is verified here, with the text that is made here', async () => {
    const folder = temporaryFolder();
    const userId = `${name} signs <b@example.com>`;
    const fingerprint = makeKey(userId, { algorithm: 'rsa3072' });
    const secret = join(folder, 'secret.gpg');
    writeFileSync(secret, exportSecretKey(fingerprint));
    const chart = writeChart({ 'Chart.yaml': chartYaml('odd', '1.0.0', ODD) });
    await withHelm(name, console.log, async (helm) => {
      const sign = ['--sign', '--key', userId, '--keyring', secret];
      await succeed(helm, ['package', chart, '-d', folder, ...sign]);
    });
    const file = join(folder, 'odd-1.0.0.tgz');
    const archive = await readArchiveFile(file);
    const provenance = readFileSync(`${file}.prov`);
    const keyring = await readKeyring(gpg(['--export', fingerprint]), 'keyring');
    expect(await verifyProvenance(provenance, archive, keyring)).toEqual({
      fingerprint,
      signedBy: [userId],
    });
    const theirs = readClearSigned(provenance).text.split('\n...\n');
    const ours = statementOf(archive).split('\n...\n');
    expect(ours.map((part) => load(part))).toEqual(theirs.map((part) => load(part)));
  });
});
