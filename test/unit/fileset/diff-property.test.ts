import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { apply, diff, plan } from '../../../generator/src/fileset/index.ts';
import { chartsOf, textsIn } from './fixture.ts';

// Few names and lines, so that the same file often is in both trees with lines in common.
const name = fc.constantFrom('Chart.yaml', 'values.yaml', 'templates/a.yaml', 'templates/b c.yaml');
const text = fc
  .tuple(
    fc.array(fc.constantFrom('a', 'b', 'c: {{ .Values.ü }}', '', '-', '+x', '@@')),
    fc.boolean(),
  )
  .map(([lines, ended]) => lines.join('\n') + (ended ? '\n' : ''));
const tree = fc
  .dictionary(name, text, { noNullPrototype: true })
  .map((files) => ({ ...files, LICENSE: 'the same in every tree\n' }));

test('git makes the new tree from the old one and the diff', async () => {
  await fc.assert(
    fc.asyncProperty(tree, tree, async (before, after) => {
      const root = mkdtempSync(join(tmpdir(), 'spark-charts-'));
      try {
        const folder = join(root, 'charts');
        await apply(folder, chartsOf({ one: before }), { complete: true });
        const charts = chartsOf({ one: after });
        const patch = await diff(folder, await plan(folder, charts, { complete: true }), charts);
        const input = patch.replaceAll(folder, 'charts');
        if (input !== '') execFileSync('git', ['apply', '-p1', '-'], { cwd: root, input });
        expect(textsIn(join(folder, 'one'))).toEqual(after);
      } finally {
        rmSync(root, { recursive: true });
      }
    }),
    { numRuns: 60 },
  );
});
