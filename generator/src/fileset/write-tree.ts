import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { sync, writeNewFile } from '../files/write.ts';
import type { FileSet } from './fileset.ts';
import { readTree } from './read.ts';

/** Writes a tree into a folder that does not exist yet and reads it back. */
export async function writeNewTree(directory: string, files: FileSet): Promise<void> {
  const folders = new Set([directory]);
  mkdirSync(directory);
  for (const [path, content] of files) {
    const file = join(directory, path);
    mkdirSync(dirname(file), { recursive: true });
    for (let folder = dirname(file); !folders.has(folder); folder = dirname(folder)) {
      folders.add(folder);
    }
    writeNewFile(file, content);
  }
  for (const folder of folders) sync(folder);
  await verifyTree(directory, files);
}

async function verifyTree(directory: string, files: FileSet): Promise<void> {
  const { files: written } = await readTree(directory);
  for (const [path, content] of files) {
    const bytes = written.get(path);
    if (!bytes || Buffer.compare(bytes, content) !== 0) {
      throw new Error(`${join(directory, path)} does not hold what was written`);
    }
  }
}
