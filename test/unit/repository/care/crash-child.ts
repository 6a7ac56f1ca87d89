// Cares for the repository in a folder and kills itself before the given change of the file system.
import { KillBeforeChange } from '../../../support/kill-before-change.ts';

const [folder = '', action = '', killAt = ''] = process.argv.slice(2);
const changes = new KillBeforeChange(Number(killAt));
changes.watch(
  ['mkdirSync', 'openSync', 'writeFileSync', 'fsyncSync', 'renameSync', 'rmSync'],
  ['rm', 'writeFile'],
);

const { prune } = await import('../../../../generator/src/repository/care/prune.ts');
const { restore } = await import('../../../../generator/src/repository/care/yank.ts');
const progress = () => undefined;
changes.restart();
if (action === 'prune') await prune(folder, { keep: 1 }, { progress });
else await restore(folder, [{ chart: 'demo', version: '1.0.0' }], { progress });
