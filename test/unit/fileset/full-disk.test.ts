import { join } from 'node:path';
import { expect, test } from 'vitest';
import { apply } from '../../../generator/src/fileset/index.ts';
import { chartsOf, temporaryDisk, textsIn } from './fixture.ts';

test('a full disk leaves the old charts, says so, and the next run works', async ({ skip }) => {
  const disk = temporaryDisk('size=64k');
  if (disk === undefined) return skip('needs the right to mount a tmpfs');
  const folder = join(disk, 'charts');
  await apply(folder, chartsOf({ a: { file: '1' }, b: { file: '1' } }), { complete: true });
  const before = textsIn(folder);

  const tooBig = chartsOf({ a: { file: '2' }, b: { file: 'x'.repeat(100_000) } });
  await expect(apply(folder, tooBig, { complete: true })).rejects.toMatchObject({
    code: 'FILE_SYSTEM',
    exitCode: 3,
    message: expect.stringContaining('no space left on device') as string,
    next: expect.stringContaining('Free some disk space') as string,
  });
  expect(textsIn(folder)).toEqual(before);

  await apply(folder, chartsOf({ a: { file: '2' }, b: { file: '2' } }), { complete: true });
  expect(textsIn(join(folder, 'b'))).toEqual({ file: '2' });
});
