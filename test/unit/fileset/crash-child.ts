// Applies charts and kills itself before the given change of the file system, counted from 0.
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import type { Texts } from './fixture.ts';

const [folder = '', killAt = '', texts = ''] = process.argv.slice(2);
let count = 0;
const countChange = () => {
  if (count++ === Number(killAt)) process.kill(process.pid, 'SIGKILL');
};

for (const name of ['mkdirSync', 'writeFileSync', 'renameSync'] as const) {
  const original = fs[name] as (...values: unknown[]) => unknown;
  (fs as Record<string, unknown>)[name] = (...values: unknown[]) => {
    countChange();
    return original(...values);
  };
}

// Node deletes a tree in one call; here each file of it is a change.
const { rmSync } = fs;
fs.rmSync = (path, options) => {
  if (fs.lstatSync(path, { throwIfNoEntry: false })?.isDirectory()) {
    for (const name of fs.readdirSync(path)) fs.rmSync(join(String(path), name), options);
  }
  countChange();
  rmSync(path, options);
};
syncBuiltinESMExports();

const { apply } = await import('../../../generator/src/fileset/apply.ts');
const charts = Object.entries(JSON.parse(texts) as Record<string, Texts>).map(
  ([chart, files]) =>
    [
      chart,
      new Map(Object.entries(files).map(([path, text]) => [path, Buffer.from(text)])),
    ] as const,
);
await apply(folder, new Map(charts), { complete: true });
