import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { ChartArchive } from '../../generator/src/archive/archive.ts';
import { type Helm, withHelm } from '../../generator/src/helm/helm.ts';
import { silent } from '../../generator/src/progress.ts';
import { DirectoryStore } from '../../generator/src/repository/directory/directory-store.ts';
import { OciStore } from '../../generator/src/repository/oci/oci-store.ts';
import { startRegistry } from '../support/registry.ts';
import { useTools } from '../support/tools.ts';
import { archiveOf } from '../unit/archive/fixture.ts';
import { temporaryFolder } from '../unit/fileset/fixture.ts';
import { sbomsOf } from '../unit/repository/oci/charts.ts';
import { readStored } from '../unit/repository/oci/fixture.ts';
import { serve, succeed } from './client.ts';

useTools('helm-4', 'helm-3', 'registry');

const chartsToTest = async (): Promise<[ChartArchive, ChartArchive]> => [
  await archiveOf(),
  await archiveOf('demo', '1.0.0', 'b: 2\n'),
];

/** The archive that Helm gets. */
async function pull(helm: Helm, chart: string, ...more: string[]): Promise<Buffer> {
  const folder = temporaryFolder();
  await succeed(helm, ['pull', chart, ...more, '--version', '1.0.0', '-d', folder]);
  return readFileSync(join(folder, 'demo-1.0.0.tgz'));
}

test.each(['helm-3', 'helm-4'] as const)(
  '%s gets what was put in place of other bytes in a registry, and by its digest the old ones',
  async (name) => {
    const [before, after] = await chartsToTest();
    const registry = await startRegistry();
    const chart = `oci://${registry}/charts/demo`;
    await new OciStore(`oci://${registry}/charts`).publish([before], silent);
    const old = await readStored(registry, 'charts/demo', '1.0.0');
    await withHelm(name, console.log, async (helm) => {
      expect(await pull(helm, chart, '--plain-http')).toEqual(Buffer.from(before.bytes));
      const options = { allowOverwrite: true, sboms: sbomsOf([after]) };
      await new OciStore(`oci://${registry}/charts`, options).publish([after], silent);
      expect(await pull(helm, chart, '--plain-http')).toEqual(Buffer.from(after.bytes));
      const pinned = `oci://${registry}/charts/demo@${old?.digest}`;
      expect(await succeed(helm, ['show', 'values', pinned, '--plain-http'])).toBe('a: 1\n\n');
    });
  },
);

test.each([
  ['helm-3', 'b: 2'],
  ['helm-4', 'a: 1'],
] as const)(
  '%s with an index of before and what it fetched then shows %s',
  async (name, values) => {
    const [before, after] = await chartsToTest();
    const folder = temporaryFolder();
    await new DirectoryStore(folder).publish([before], silent);
    const url = await serve(folder);
    await withHelm(name, console.log, async (helm) => {
      const show = async () => (await succeed(helm, ['show', 'values', 'repository/demo'])).trim();
      await succeed(helm, ['repo', 'add', 'repository', url]);
      expect(await show()).toBe('a: 1');
      await new DirectoryStore(folder, { allowOverwrite: true }).publish([after], silent);
      expect(await show()).toBe(values);
      await succeed(helm, ['repo', 'update']);
      expect(await show()).toBe('b: 2');
    });
  },
);
