// Applies charts and kills itself before the given change of the file system, counted from 0.
import fs from 'node:fs';
import { join } from 'node:path';
import { KillBeforeChange } from '../../support/kill-before-change.ts';
import type { Texts } from './fixture.ts';

const [folder = '', killAt = '', texts = ''] = process.argv.slice(2);
const changes = new KillBeforeChange(Number(killAt));

// Node deletes a tree in one call; here each file of it is a change.
const { rmSync } = fs;
fs.rmSync = (path, options) => {
  if (fs.lstatSync(path, { throwIfNoEntry: false })?.isDirectory()) {
    for (const name of fs.readdirSync(path)) fs.rmSync(join(String(path), name), options);
  }
  changes.count();
  rmSync(path, options);
};
changes.watch(['mkdirSync', 'writeFileSync', 'renameSync'], ['writeFile', 'rm']);

const { apply } = await import('../../../generator/src/fileset/apply.ts');
const charts = Object.entries(JSON.parse(texts) as Record<string, Texts>).map(
  ([chart, files]) =>
    [
      chart,
      new Map(Object.entries(files).map(([path, text]) => [path, Buffer.from(text)])),
    ] as const,
);
await apply(folder, new Map(charts), { complete: true });
