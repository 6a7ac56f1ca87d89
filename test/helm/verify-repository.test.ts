import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { packChart } from '../../generator/src/archive/pack.ts';
import { type Helm, runHelm, withHelm } from '../../generator/src/helm/helm.ts';
import { readKeyring } from '../../generator/src/provenance/keyring.ts';
import { exportSecretKey, gpg, hasGpg, makeKey, useGpg } from '../support/gpg.ts';
import { useTools } from '../support/tools.ts';
import { chartYaml, writeChart } from '../unit/archive/fixture.ts';
import { temporaryFolder } from '../unit/fileset/fixture.ts';
import { said, verify } from '../unit/repository/care/verify/fixture.ts';

useTools('helm-4', 'helm-3');
useGpg();

async function succeed(helm: Helm, args: readonly string[]): Promise<void> {
  const { exitCode, stderr } = await runHelm(helm, args);
  expect(exitCode, `helm ${args.join(' ')}\n${stderr}`).toBe(0);
}

/** What Helm changes on its way from Chart.yaml into an index. */
const ODD = `
appVersion: "1.10"
description: |
  Two lines, a \\ttab and
  a sign that is not seen: \u200b
keywords: [one, "2.0"]
maintainers: [{ name: "Jo\\tDoe", email: jo@example.com }]
annotations: { z: "1", a: "two\\nlines\\n" }
deprecated: true
`;

/** Charts of which Helm makes something else in an index than their Chart.yaml says. */
function writeCharts(): string[] {
  return [
    writeChart({ 'Chart.yaml': chartYaml('odd', '1.0.0+build.1', ODD) }),
    writeChart({
      'Chart.yaml': 'apiVersion: v1\nname: old\nversion: v1.2.0-rc.1\n',
      'requirements.yaml':
        'dependencies: [{ name: sub, version: ">=1.0.0 <2", repository: "https://example.com" }]\n',
      'charts/sub/Chart.yaml': 'apiVersion: v1\nname: sub\nversion: 1.0.0\n',
    }),
  ];
}

describe.each(['helm-3', 'helm-4'] as const)('%s', (name) => {
  test('makes repositories in which nothing is found', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'sub'));
    await withHelm(name, console.log, async (helm) => {
      const [odd = '', old = ''] = writeCharts();
      await succeed(helm, ['package', odd, `--destination=${folder}`]);
      await succeed(helm, ['package', old, `--destination=${join(folder, 'sub')}`]);
      // Helm packs texts as it lists them; others, and we, pack them as they are.
      const ours = await packChart(writeChart({ 'Chart.yaml': chartYaml('ours', '1.0.0', ODD) }));
      writeFileSync(join(folder, ours.fileName), ours.bytes);
      for (const flags of [[], ['--url=https://example.com/charts'], ['--json']]) {
        await succeed(helm, ['repo', 'index', folder, ...flags]);
        expect(await verify(folder)).toMatchObject({ listed: 3, checked: 3, findings: [] });
      }
    });
  });

  test.skipIf(!hasGpg)('signs archives that hold for those who have the key', async () => {
    const folder = temporaryFolder();
    const fingerprint = makeKey(`${name} <a@example.com>`, { algorithm: 'rsa3072' });
    const stranger = makeKey(`${name} stranger <b@example.com>`);
    const secret = join(folder, 'secret.gpg');
    writeFileSync(secret, exportSecretKey(fingerprint));
    const keyringOf = (key: string) => readKeyring(gpg(['--export', key]), key);
    await withHelm(name, console.log, async (helm) => {
      const sign = ['--sign', `--key=${name} <a`, `--keyring=${secret}`];
      for (const chart of writeCharts())
        await succeed(helm, ['package', chart, `--destination=${folder}`, ...sign]);
      await succeed(helm, ['repo', 'index', folder]);
    });
    const whole = { listed: 2, checked: 2, signed: 2, findings: [] };
    expect(await verify(folder)).toMatchObject(whole);
    expect(await verify(folder, { keyring: await keyringOf(fingerprint) })).toMatchObject(whole);
    const report = await verify(folder, { keyring: await keyringOf(stranger) });
    expect(report.signed).toBe(0);
    expect(said(report).map((line) => line.split(' ').slice(0, 3))).toEqual(
      [
        ['error', 'invalid-provenance', 'odd'],
        ['error', 'invalid-provenance', 'old'],
      ].toSorted(),
    );
    const file = join(folder, 'odd-1.0.0+build.1.tgz.prov');
    writeFileSync(file, readFileSync(file, 'utf8').replace('name: odd', 'name: even'));
    const changed = await verify(folder, { keyring: await keyringOf(fingerprint) });
    expect(changed.findings).toEqual([
      expect.objectContaining({ rule: 'invalid-provenance', chart: 'odd' }),
    ]);
  });
});
