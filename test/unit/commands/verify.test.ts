import { readdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runCli } from '../../support/cli.ts';
import { write } from '../fileset/fixture.ts';
import { makeSecretKey, USER_ID } from '../provenance/fixture.ts';
import { workspace } from './fixture.ts';

const PASSPHRASE = 'a passphrase of tests';
const key = await makeSecretKey({ passphrase: PASSPHRASE });
const fingerprint = key.getFingerprint().toUpperCase();
const SIGN = ['--sign', '--keyring', 'secret.asc', '--passphrase-file', 'passphrase'];
const VERIFY = ['verify', '--keyring', 'public.asc'];

function signingWorkspace(): string {
  const cwd = workspace();
  write(join(cwd, 'secret.asc'), key.armor());
  write(join(cwd, 'public.asc'), key.toPublic().armor());
  write(join(cwd, 'passphrase'), `${PASSPHRASE}\n`);
  return cwd;
}

describe('package --sign and verify', () => {
  test('sign archives and tell who did', async () => {
    const cwd = signingWorkspace();
    const packed = await runCli(['package', '-d', 'out', ...SIGN], { cwd });
    expect(packed.exitCode, packed.stderr).toBe(0);
    expect(packed.stdout).toContain(join('out', 'one-1.0.0.tgz.prov'));
    expect(packed.stdout + packed.stderr).not.toContain(PASSPHRASE);
    const archives = ['one', 'two'].map((name) => join('out', `${name}-1.0.0.tgz`));
    const verified = await runCli([...VERIFY, ...archives], { cwd });
    expect(verified.exitCode, verified.stderr).toBe(0);
    expect(verified.stdout).toContain(`signed by ${USER_ID} (${fingerprint})`);
    const asJson = await runCli([...VERIFY, ...archives, '--json'], { cwd });
    expect(JSON.parse(asJson.stdout)).toMatchObject({
      archives: archives.map((file) => ({ file, fingerprint, signedBy: [USER_ID] })),
    });
  });

  test('take the passphrase from the environment', async () => {
    const cwd = signingWorkspace();
    const env = { SPARK_CHARTS_KEY_PASSPHRASE: PASSPHRASE };
    const options = ['package', '-d', 'out', '--sign', '--keyring', 'secret.asc'];
    expect((await runCli(options, { cwd, env })).exitCode).toBe(0);
    const without = await runCli(options, { cwd });
    expect(without.exitCode).toBe(3);
    expect(without.stderr).toContain('--passphrase-file');
  });

  test('refuse an archive that was changed, with exit code 1', async () => {
    const cwd = signingWorkspace();
    await runCli(['package', '-d', 'out', ...SIGN], { cwd });
    writeFileSync(join(cwd, 'out', 'one-1.0.0.tgz'), 'changed');
    renameSync(join(cwd, 'out', 'two-1.0.0.tgz.prov'), join(cwd, 'two.prov'));
    const archives = ['out/one-1.0.0.tgz', 'out/two-1.0.0.tgz'];
    const { exitCode, stdout } = await runCli([...VERIFY, ...archives, '--json'], { cwd });
    expect(exitCode).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      error: { code: 'PROVENANCE_INVALID', problems: [{}, {}] },
    });
  });

  test.each([
    ['a key without --sign', ['package', '--key', 'jo'], '--sign'],
    ['--sign without a key', ['package', '--sign'], '--key'],
    ['no keyring', ['verify', 'one.tgz'], 'keyring'],
    ['a locked key without a passphrase', ['package', ...SIGN.slice(0, 3)], 'passphrase'],
  ])('refuse %s', async (_, args, word) => {
    const { exitCode, stderr } = await runCli(args, { cwd: signingWorkspace() });
    expect(exitCode).toBeGreaterThanOrEqual(2);
    expect(stderr).toContain(word);
    expect(stderr).not.toMatch(/bug|at .*\.js/);
  });
});

describe('publish', () => {
  test('publishes signatures, its own and those beside archives, once', async () => {
    const cwd = signingWorkspace();
    await runCli(['package', 'one', '-d', 'out', ...SIGN], { cwd });
    const publish = ['publish', 'out/one-1.0.0.tgz', 'two', '--to', 'repository', ...SIGN];
    const first = await runCli(publish, { cwd });
    expect(first.exitCode, first.stderr).toBe(0);
    const names = ['one-1.0.0.tgz', 'two-1.0.0.tgz'];
    const files = readdirSync(join(cwd, 'repository'));
    expect(files).toEqual(
      expect.arrayContaining([...names, ...names.map((name) => `${name}.prov`)]),
    );
    const archives = names.map((name) => join('repository', name));
    expect((await runCli([...VERIFY, ...archives], { cwd })).exitCode).toBe(0);
    const again = await runCli([...publish, '--json'], { cwd });
    const nothing = { uploads: [], additions: [], provenance: [] };
    expect(JSON.parse(again.stdout)).toMatchObject({ targets: [nothing] });
  });

  test('refuses an archive beside a signature of another', async () => {
    const cwd = signingWorkspace();
    await runCli(['package', '-d', 'out', ...SIGN], { cwd });
    renameSync(join(cwd, 'out/two-1.0.0.tgz.prov'), join(cwd, 'out/one-1.0.0.tgz.prov'));
    const { exitCode, stderr } = await runCli(['publish', 'out/one-1.0.0.tgz'], { cwd });
    expect(exitCode).toBe(1);
    expect(stderr).toContain('one-1.0.0.tgz');
  });
});
