import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  withTemporaryDirectory,
  withWorkDirectory,
} from '../../../generator/src/files/temporary.ts';
import { temporaryFolder, textsIn, write } from '../fileset/fixture.ts';

test('a folder of its own for each task, gone afterwards, also when the task fails', async () => {
  const seen: string[] = [];
  const task = (folder: string) => {
    expect(textsIn(folder)).toEqual({});
    write(join(folder, 'a', 'file'), 'x');
    seen.push(folder);
    return Promise.resolve('done');
  };
  expect(await withTemporaryDirectory(task)).toBe('done');
  const failing = withTemporaryDirectory(async (folder) => {
    await task(folder);
    throw new Error('x');
  });
  await expect(failing).rejects.toThrow('x');
  expect(new Set(seen).size).toBe(2);
  expect(seen.filter(existsSync)).toEqual([]);
});

test('a work folder is empty, whatever a killed run left there', async () => {
  const folder = join(temporaryFolder(), '.work');
  write(join(folder, 'left'), 'x');
  await withWorkDirectory(folder, (work) => {
    expect(work).toBe(folder);
    expect(textsIn(work)).toEqual({});
    return Promise.resolve();
  });
  expect(existsSync(folder)).toBe(false);
});
