import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { sha256 } from '../../generator/src/files/digest.ts';
import { type Helm, runHelm, withHelm } from '../../generator/src/helm/helm.ts';
import { run } from '../../generator/src/process.ts';
import { silent } from '../../generator/src/progress.ts';
import { helmRepoAdd } from '../../generator/src/repository/serve/address.ts';
import { type ServerOptions, startServer } from '../../generator/src/repository/serve/server.ts';
import { useTools } from '../support/tools.ts';
import { archiveOf } from '../unit/archive/fixture.ts';
import { temporaryFolder, write } from '../unit/fileset/fixture.ts';
import { succeed } from './client.ts';

useTools('helm-4', 'helm-3');

const CREDENTIALS = { username: "o'neil", password: 'p w"ö$1' };

interface Served {
  url: string;
  archive: Buffer;
  /** Of the certificate, the key and the password. */
  files: { certificate: string; key: string; password: string };
}

/** Makes a self-signed certificate for 127.0.0.1. */
function writeCertificate(certificate: string, key: string): void {
  const names = ['-subj', '/CN=charts', '-addext', 'subjectAltName=IP:127.0.0.1'];
  const files = ['-keyout', key, '-out', certificate];
  const kind = ['-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-noenc'];
  execFileSync('openssl', ['req', ...kind, ...names, ...files], { stdio: 'ignore' });
}

async function serve(options: ServerOptions, withTls = false): Promise<Served> {
  const folder = temporaryFolder();
  const secrets = temporaryFolder();
  const { bytes } = await archiveOf();
  const archive = Buffer.from(bytes);
  const entry = `{apiVersion: v2, name: demo, version: 1.0.0, digest: ${sha256(archive)}, urls: [demo-1.0.0.tgz]}`;
  write(join(folder, 'index.yaml'), `apiVersion: v1\nentries:\n  demo:\n  - ${entry}\n`);
  writeFileSync(join(folder, 'demo-1.0.0.tgz'), archive);
  const files = {
    certificate: join(secrets, 'server certificate.pem'),
    key: join(secrets, 'server.key'),
    password: join(secrets, 'password'),
  };
  writeFileSync(files.password, `${CREDENTIALS.password}\n`);
  if (withTls) writeCertificate(files.certificate, files.key);
  const server = await startServer(folder, {
    port: 0,
    ...options,
    ...(withTls && { tls: files }),
  });
  onTestFinished(() => server.close());
  return { url: server.url, archive, files };
}

/** Runs the line that `serve` shows, as a shell does. */
function addByShell(helm: Helm, line: string) {
  const script = line.replace(/^helm /, '"$HELM" ');
  return run('/bin/sh', ['-c', script], { environment: { ...helm.environment, HELM: helm.path } });
}

async function expectPull(helm: Helm, archive: Buffer, ...args: string[]): Promise<void> {
  const folder = temporaryFolder();
  await succeed(helm, ['pull', 'spark-charts/demo', '--destination', folder, ...args]);
  expect(readFileSync(join(folder, 'demo-1.0.0.tgz'))).toEqual(archive);
}

describe.each(['helm-3', 'helm-4'] as const)('%s', (name) => {
  test('adds and pulls with a password, and not without', () =>
    withHelm(name, silent, async (helm) => {
      const { url, archive, files } = await serve({ credentials: CREDENTIALS });
      const access = { certificate: undefined, password: files.password };
      const { username } = CREDENTIALS;
      const added = await addByShell(helm, helmRepoAdd(url, { ...access, username }));
      expect(added.exitCode, added.stderr).toBe(0);
      await expectPull(helm, archive);
      const refused = await runHelm(helm, ['repo', 'add', 'other', url]);
      expect(refused.exitCode).toBe(1);
      expect(refused.stderr).toContain('401');
    }));

  test('adds and pulls over TLS with a password, and trusts no other certificate', () =>
    withHelm(name, silent, async (helm) => {
      const { url, archive, files } = await serve({ credentials: CREDENTIALS }, true);
      expect(url).toMatch(/^https:/);
      const { certificate, password } = files;
      const line = helmRepoAdd(url, { certificate, password, username: CREDENTIALS.username });
      const added = await addByShell(helm, line);
      expect(added.exitCode, added.stderr).toBe(0);
      await expectPull(helm, archive);
      const refused = await runHelm(helm, ['repo', 'add', 'other', url]);
      expect(refused.exitCode).toBe(1);
      expect(refused.stderr).toContain('certificate');
    }));
});

test('a key that is not the one of the certificate is refused', async () => {
  const { files } = await serve({}, true);
  const other = join(temporaryFolder(), 'other');
  writeCertificate(`${other}.pem`, `${other}.key`);
  const folder = temporaryFolder();
  write(join(folder, 'index.yaml'), 'apiVersion: v1\nentries: {}\n');
  const start = (key: string) =>
    startServer(folder, { port: 0, tls: { certificate: files.certificate, key } });
  await expect(start(`${other}.key`)).rejects.toMatchObject({ code: 'USAGE' });
  await expect(start('/nonexistent')).rejects.toMatchObject({ code: 'FILE_SYSTEM' });
});
