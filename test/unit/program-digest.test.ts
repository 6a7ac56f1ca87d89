import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { digestOfProgram } from '../../generator/src/program-digest.ts';
import { temporaryFolder } from './helm/temporary-folder.ts';

const FILES = [
  'generator/src/a.ts',
  'generator/helm-engine/a.go',
  'schemas/a.json',
  'tools/a.json',
  'package.json',
  'package-lock.json',
];

async function writeProgram(): Promise<string> {
  const directory = await temporaryFolder();
  for (const file of FILES) {
    await mkdir(dirname(join(directory, file)), { recursive: true });
    await writeFile(join(directory, file), 'a');
  }
  return directory;
}

function digestOf(directory: string): Promise<string> {
  return digestOfProgram(directory, join(directory, 'generator/src'));
}

test('the same program at another place has the same digest', async () => {
  expect(await digestOf(await writeProgram())).toBe(await digestOf(await writeProgram()));
});

test.each(FILES)('a change of %s makes another program of it', async (file) => {
  const directory = await writeProgram();
  const before = await digestOf(directory);
  await writeFile(join(directory, file), 'b');
  expect(await digestOf(directory)).not.toBe(before);
});

test('an installed program has no locked versions', async () => {
  const directory = await writeProgram();
  await rm(join(directory, 'package-lock.json'));
  expect(await digestOf(directory)).toMatch(/^[0-9a-f]{64}$/);
});

test('a program that cannot be read is told', async () => {
  const directory = await writeProgram();
  await rm(join(directory, 'schemas'), { recursive: true });
  await expect(digestOf(directory)).rejects.toMatchObject({ code: 'FILE_SYSTEM' });
});
