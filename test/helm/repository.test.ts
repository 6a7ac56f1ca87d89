import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { describe, expect, onTestFinished, test } from 'vitest';
import { packChart } from '../../generator/src/archive/pack.ts';
import { sha256 } from '../../generator/src/files/digest.ts';
import { type Helm, renderChart, runHelm, withHelm } from '../../generator/src/helm/helm.ts';
import type { Json } from '../../generator/src/model/types.ts';
import { silent } from '../../generator/src/progress.ts';
import { DirectoryStore } from '../../generator/src/repository/directory/directory-store.ts';
import { indexDirectory } from '../../generator/src/repository/directory/index-directory.ts';
import { startServer } from '../../generator/src/repository/serve/server.ts';
import { useTools } from '../support/tools.ts';
import { archiveOf, chartYaml, writeChart } from '../unit/archive/fixture.ts';
import { temporaryFolder } from '../unit/fileset/fixture.ts';
import { entry, indexOf } from '../unit/repository/fixture.ts';
import { CHARTS } from './support.ts';

useTools('helm-4', 'helm-3');

async function succeed(helm: Helm, args: readonly string[], cwd?: string): Promise<string> {
  const result = await runHelm(helm, args, cwd === undefined ? {} : { cwd });
  expect(result.exitCode, `helm ${args.join(' ')}\n${result.stderr}`).toBe(0);
  return result.stdout;
}

/** Serves a folder and adds it to Helm as `ours`. */
async function addRepository(helm: Helm, folder: string): Promise<void> {
  const server = await startServer(folder, { port: 0 });
  onTestFinished(() => server.close());
  await succeed(helm, ['repo', 'add', 'ours', server.url]);
}

interface Found {
  name: string;
  version: string;
  app_version: string;
}

async function search(helm: Helm): Promise<Found[]> {
  return JSON.parse(
    await succeed(helm, ['search', 'repo', '--versions', '--devel', '-o', 'json']),
  ) as Found[];
}

/** Everything a Chart.yaml may hold, with text that looks like something else. */
const FULL = `
appVersion: "1.10"
description: 'Text: with # signs, "quotes" and a line that is long enough to be folded by anyone who folds lines'
home: https://example.com
icon: https://example.com/icon.svg
keywords: [a, "1.0", "yes"]
sources: [https://example.com/source]
kubeVersion: ">=1.25.0-0"
type: application
deprecated: true
maintainers: [{ name: Jo, email: jo@example.com, url: https://example.com/jo }]
annotations:
  artifacthub.io/changes: |
    - one
    - two
  number: "12e4567"
unknown: dropped
`;

describe.each(['helm-3', 'helm-4'] as const)('%s', (name) => {
  test('finds, shows, pulls and renders what was published', async () => {
    const folder = temporaryFolder();
    const charts = await Promise.all(CHARTS.map((chart) => packChart(chart)));
    const versions = ['1.0.0+1', '1.0.0+2', '1.1.0-rc.1', 'v0.9'];
    const demos = await Promise.all(versions.map((version) => archiveOf('demo', version)));
    const archives = [...charts, ...demos];
    await new DirectoryStore(folder).publish(archives, silent);
    await withHelm(name, console.log, async (helm) => {
      await addRepository(helm, folder);
      await succeed(helm, ['repo', 'update']);
      const found = await search(helm);
      expect(found.map((chart) => `${chart.name} ${chart.version}`).toSorted()).toEqual(
        archives.map((chart) => `ours/${chart.name} ${chart.version}`).toSorted(),
      );
      for (const { name: chart, version, digest, fileName } of archives) {
        const out = temporaryFolder();
        await succeed(helm, ['pull', `ours/${chart}`, '--version', version, '-d', out]);
        expect(sha256(readFileSync(join(out, fileName)))).toBe(digest);
        expect((await renderChart(helm, join(out, fileName))).ok).toBe(true);
      }
      for (const chart of CHARTS) {
        const { name: own = '' } = load(readFileSync(join(chart, 'Chart.yaml'), 'utf8')) as {
          name?: string;
        };
        const values = await succeed(helm, ['show', 'values', `ours/${own}`]);
        expect(values.trim()).toBe(readFileSync(join(chart, 'values.yaml'), 'utf8').trim());
      }
    });
  });

  test('finds charts whose names mean something to JavaScript', async () => {
    const folder = temporaryFolder();
    const names = ['__proto__', 'constructor', 'toString'];
    const charts = names.map((chart): [string, Json[]] => [chart, [entry(chart, '1.0.0')]]);
    const index = indexOf(Object.fromEntries(charts));
    writeFileSync(join(folder, 'index.yaml'), index.bytes);
    await withHelm(name, console.log, async (helm) => {
      await addRepository(helm, folder);
      const found = await search(helm);
      expect(found.map((chart) => chart.name)).toEqual(names.map((chart) => `ours/${chart}`));
    });
  });

  test('writes the same index for the same archives, its own and ours', async () => {
    const folder = temporaryFolder();
    await withHelm(name, console.log, async (helm) => {
      const full = writeChart({ 'Chart.yaml': chartYaml('full', '1.2.3', FULL) });
      await succeed(helm, ['package', full, '-d', folder]);
      const dependencies =
        'dependencies: [{ name: sub, version: ">=1", repository: "", tags: [a], condition: sub.on, alias: s, import-values: [a, { child: b, parent: c }] }]';
      const parent = writeChart({
        'Chart.yaml': chartYaml('parent', '1.0.0', dependencies),
        'charts/sub/Chart.yaml': chartYaml('sub'),
      });
      await succeed(helm, ['package', parent, '-d', folder]);
      const { bytes, fileName } = await packChart(
        writeChart({ 'Chart.yaml': chartYaml('ours', '1.2.3', FULL) }),
      );
      writeFileSync(join(folder, fileName), bytes);
      const url = 'https://example.com/charts';
      const { added, unreadable } = await indexDirectory(folder, { progress: silent, url });
      expect([added.length, unreadable]).toEqual([3, []]);
      const ours = readIndex(folder);
      await succeed(helm, ['repo', 'index', folder, '--url', url]);
      expect(ours).toEqual(readIndex(folder));
    });
  });

  test('an index of Helm that is completed by us is read by Helm', async () => {
    const folder = temporaryFolder();
    await withHelm(name, console.log, async (helm) => {
      await succeed(helm, ['package', writeChart(), '-d', folder]);
      await succeed(helm, ['repo', 'index', folder]);
      await new DirectoryStore(folder).publish([await archiveOf('demo', '1.0.1')], silent);
      await addRepository(helm, folder);
      expect((await search(helm)).map((chart) => chart.version)).toEqual(['1.0.1', '1.0.0']);
    });
  });
});

/** The index of a folder without its times. */
function readIndex(folder: string): unknown {
  const { entries } = load(readFileSync(join(folder, 'index.yaml'), 'utf8')) as {
    entries: Record<string, Record<string, Json>[]>;
  };
  return Object.fromEntries(
    Object.entries(entries).map(([chart, list]) => [
      chart,
      list.map((item) => ({ ...item, created: '' })),
    ]),
  );
}
