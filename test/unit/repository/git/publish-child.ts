// Publishes archive files to a git branch.
import { readArchiveFile } from '../../../../generator/src/archive/read.ts';
import { GitStore } from '../../../../generator/src/repository/git/git-store.ts';

const [target = '', ...files] = process.argv.slice(2);
const archives = await Promise.all(files.map(readArchiveFile));
const plan = await new GitStore(target).publish(archives, (message) => {
  process.stdout.write(`${message}\n`);
});
process.stdout.write(`${plan.additions.length} added\n`);
