// Publishes archive files and kills itself before the given change of the file system, counted from 0.
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

const [folder = '', killAt = '', ...files] = process.argv.slice(2);
let count = 0;

function killBefore(module: object, names: readonly string[]): void {
  for (const name of names) {
    const functions = module as Record<string, (...values: unknown[]) => unknown>;
    const original = functions[name];
    functions[name] = (...values: unknown[]) => {
      if (count++ === Number(killAt)) process.kill(process.pid, 'SIGKILL');
      return original?.(...values);
    };
  }
}

killBefore(fs, ['openSync', 'writeFileSync', 'fsyncSync', 'renameSync', 'rmSync']);
killBefore(fs.promises, ['open', 'mkdir', 'rm', 'readFile']);
syncBuiltinESMExports();

const { readArchiveFile } = await import('../../../generator/src/archive/read.ts');
const { DirectoryStore } = await import('../../../generator/src/repository/directory.ts');
const archives = await Promise.all(files.map(readArchiveFile));
count = 0;
await new DirectoryStore(folder).publish(archives, () => undefined);
