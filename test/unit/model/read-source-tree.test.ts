import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MAX_FILE_SIZE } from '../../../generator/src/archive/limits.ts';
import { readSourceTree } from '../../../generator/src/model/read-source-tree.ts';

describe('readSourceTree', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'source-tree-'));
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  const place = (path: string) => {
    const full = join(folder, 'charts-src', path);
    mkdirSync(dirname(full), { recursive: true });
    return full;
  };
  const read = () => readSourceTree(join(folder, 'charts-src'));
  const refusal = (file: string, message: unknown) => ({
    code: 'SOURCE_INVALID',
    problems: [{ file: `charts-src/${file}`, message }],
  });

  it.each([
    ['a file', '/etc/passwd'],
    ['a folder', '/etc'],
    ['itself', 'link'],
    ['nothing', 'nowhere'],
  ])('refuses a symbolic link to %s', async (_, target) => {
    symlinkSync(target, place('charts/spark/files/link'));
    await expect(read()).rejects.toMatchObject(
      refusal('charts/spark/files/link', 'a symbolic link; copy the file here'),
    );
  });

  it('refuses a pipe without waiting for who writes to it', async () => {
    execFileSync('mkfifo', [place('charts/spark/files/pipe')]);
    await expect(read()).rejects.toMatchObject(
      refusal('charts/spark/files/pipe', 'neither a file nor a folder'),
    );
  });

  it('refuses a folder in place of a file', async () => {
    mkdirSync(place('components/worker/model.yaml'));
    await expect(read()).rejects.toMatchObject(
      refusal('components/worker/model.yaml', 'a folder; a file is expected'),
    );
  });

  it.each([
    ['more than Helm takes', MAX_FILE_SIZE + 1],
    ['more than memory takes', 3 * 1024 ** 3],
  ])('refuses a file of %s', async (_, size) => {
    writeFileSync(place('charts/spark/files/large'), '');
    truncateSync(place('charts/spark/files/large'), size);
    await expect(read()).rejects.toMatchObject(
      refusal('charts/spark/files/large', `${size} bytes; Helm takes at most 5242880 a file`),
    );
  });

  it('takes a file of as much as Helm takes', async () => {
    writeFileSync(place('charts/spark/files/large'), Buffer.alloc(MAX_FILE_SIZE));
    expect((await read()).get('charts/spark/files/large')).toHaveLength(MAX_FILE_SIZE);
  });

  it('names all that it refuses, in order', async () => {
    symlinkSync('a', place('model/b.yaml'));
    symlinkSync('a', place('catalog.yaml'));
    await expect(read()).rejects.toMatchObject({
      problems: [{ file: 'charts-src/catalog.yaml' }, { file: 'charts-src/model/b.yaml' }],
    });
  });
});
