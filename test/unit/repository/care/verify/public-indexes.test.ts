import { expect, test } from 'vitest';
import { publicIndexes } from '../../fixture.ts';
import { folderOf, verify } from './fixture.ts';

const indexes = [...publicIndexes()];

test.skipIf(indexes.length === 0)(
  'goes through the indexes of public repositories, whatever is wrong in them',
  async () => {
    let refused = 0;
    for (const [name, text] of indexes) {
      const verified = verify(folderOf(new Map([['index.yaml', text]])), { sample: 0 });
      const report = await verified.catch((error: unknown) => {
        expect(error, name).toMatchObject({ code: 'INDEX_INVALID' });
      });
      if (report === undefined) {
        refused += 1;
        continue;
      }
      // None of their archives is here, and each that was looked for is told.
      const told = report.findings.filter(({ rule }) =>
        ['missing-archive', 'unchecked-archive', 'index'].includes(rule),
      );
      const versions = new Set(told.map(({ chart, version }) => `${chart} ${version}`));
      expect(versions.size, name).toBeGreaterThanOrEqual(report.checked);
      expect(report.signed).toBe(0);
    }
    expect(refused).toBeLessThan(indexes.length / 4);
  },
);
