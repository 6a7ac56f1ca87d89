/** Publishes archives, and the provenance beside them, to GitHub; its arguments: target, files. */
import { silent } from '../../../../generator/src/progress.ts';
import { collectArchives } from '../../../../generator/src/repository/collect.ts';
import { GitHubStore } from '../../../../generator/src/repository/github/github-store.ts';

const [target = '', ...files] = process.argv.slice(2);
await new GitHubStore(target).publish(await collectArchives(files, silent), silent);
