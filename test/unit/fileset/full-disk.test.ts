import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { apply } from '../../../generator/src/fileset/index.ts';
import { chartsOf, temporaryFolder, textsIn } from './fixture.ts';

/** A file system of 64 KiB; undefined where this process may not mount one. */
function tinyDisk(): string | undefined {
  const folder = temporaryFolder();
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', folder], { stdio: 'ignore' });
  } catch {
    return undefined;
  }
  onTestFinished(() => {
    execFileSync('umount', [folder]);
  });
  return folder;
}

test('a full disk leaves the old charts, says so, and the next run works', async ({ skip }) => {
  const disk = tinyDisk();
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
