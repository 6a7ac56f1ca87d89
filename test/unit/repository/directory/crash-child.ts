// Publishes archive files and kills itself before the given change of the file system, counted from 0.
import { KillBeforeChange } from '../../../support/kill-before-change.ts';

const [folder = '', killAt = '', ...files] = process.argv.slice(2);
const changes = new KillBeforeChange(Number(killAt));
changes.watch(
  ['mkdirSync', 'openSync', 'writeFileSync', 'fsyncSync', 'renameSync', 'rmSync'],
  ['readFile', 'rm', 'writeFile'],
);

const { readArchiveFile } = await import('../../../../generator/src/archive/read.ts');
const { DirectoryStore } =
  await import('../../../../generator/src/repository/directory/directory-store.ts');
const archives = await Promise.all(files.map(readArchiveFile));
changes.restart();
await new DirectoryStore(folder).publish(archives, () => undefined);
