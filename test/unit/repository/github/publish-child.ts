/** Publishes archives, and the provenance beside them, to GitHub; its arguments: `--pull-request` or not, target, files. */
import { silent } from '../../../../generator/src/progress.ts';
import { collectArchives } from '../../../../generator/src/repository/collect.ts';
import { openStore } from '../../../../generator/src/repository/open-store.ts';

const args = process.argv.slice(2);
const pullRequest = args[0] === '--pull-request';
const [target = '', ...files] = pullRequest ? args.slice(1) : args;
const store = await openStore(target, { pullRequest });
await store.publish(await collectArchives(files, silent), silent);
