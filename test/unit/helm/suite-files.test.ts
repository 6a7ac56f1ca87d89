import fc from 'fast-check';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { shareSuites, suiteFiles } from '../../../generator/src/helm/suite-files.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** A chart with suites of so many bytes. */
async function chartWith(suites: Record<string, number>): Promise<string> {
  const chart = await temporaryFolder();
  await mkdir(join(chart, 'tests'));
  for (const [name, size] of Object.entries(suites))
    await writeFile(join(chart, 'tests', name), 'x'.repeat(size));
  return chart;
}

function filesOf(shares: readonly string[][]): string[][] {
  return shares.map((args) => args.filter((arg) => arg !== '--file'));
}

test('suites are what helm-unittest takes for suites, in the order of their names', async () => {
  const chart = await chartWith({
    'b_test.yaml': 1,
    'a_test.yaml': 1,
    'c.yaml': 1,
    'd_test.yml': 1,
  });
  expect(await suiteFiles(chart)).toEqual(['tests/a_test.yaml', 'tests/b_test.yaml']);
  expect(await suiteFiles(await temporaryFolder())).toEqual([]);
});

test('the shares are of about the same size', async () => {
  const chart = await chartWith({
    'a_test.yaml': 5,
    'b_test.yaml': 4,
    'c_test.yaml': 3,
    'd_test.yaml': 2,
  });
  const shares = await shareSuites(chart, await suiteFiles(chart), 2);
  expect(shares).toEqual([
    ['--file', 'tests/a_test.yaml', '--file', 'tests/d_test.yaml'],
    ['--file', 'tests/b_test.yaml', '--file', 'tests/c_test.yaml'],
  ]);
});

test('suites that are empty are shared too: a share without any would mean all', async () => {
  const chart = await chartWith({ 'a_test.yaml': 0, 'b_test.yaml': 0 });
  const shares = await shareSuites(chart, await suiteFiles(chart), 2);
  expect(filesOf(shares)).toEqual([['tests/a_test.yaml'], ['tests/b_test.yaml']]);
});

test('each suite is in one share, and no share is empty', async () => {
  const sizes = fc.array(fc.nat(9), { minLength: 1, maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(sizes, fc.integer({ min: 2, max: 8 }), async (bytes, processes) => {
      const chart = await chartWith(
        Object.fromEntries(bytes.map((size, index) => [`${index}_test.yaml`, size])),
      );
      const files = await suiteFiles(chart);
      const shares = filesOf(await shareSuites(chart, files, processes));
      expect(shares.length).toBeLessThanOrEqual(processes);
      // One process runs all that it finds.
      if (files.length === 1) expect(shares).toEqual([[]]);
      else {
        expect(shares.flat().toSorted()).toEqual(files);
        expect(shares.every((share) => share.length > 0)).toBe(true);
      }
    }),
    { numRuns: 20 },
  );
});

test('one process runs the suites of a chart with subcharts, which has them all', async () => {
  const chart = await chartWith({ 'a_test.yaml': 1, 'b_test.yaml': 1 });
  await mkdir(join(chart, 'charts/sub'), { recursive: true });
  expect(await shareSuites(chart, await suiteFiles(chart), 2)).toEqual([[]]);
});
