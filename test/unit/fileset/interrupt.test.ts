import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { apply } from '../../../generator/src/fileset/index.ts';
import { chartsOf, temporaryFolder, type Texts, textsIn } from './fixture.ts';

const CHILD = fileURLToPath(new URL('interrupt-child.ts', import.meta.url));

test('a run that is interrupted takes its temporary files and its lock away', async () => {
  const folder = join(temporaryFolder(), 'charts');
  const charts = (text: string): Record<string, Texts> =>
    Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`c${index}`, { file: text }]));
  await apply(folder, chartsOf(charts('1')), { complete: true });
  const before = textsIn(folder);
  const { status } = spawnSync(process.execPath, [CHILD, folder, JSON.stringify(charts('2'))]);
  expect(status).toBe(130);
  expect(textsIn(folder)).toEqual(before);
});
