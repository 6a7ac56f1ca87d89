/** Publishes archives, and the provenance beside them, to ChartMuseum; its arguments: target, files. */
import { silent } from '../../../../generator/src/progress.ts';
import { ChartMuseumStore } from '../../../../generator/src/repository/chartmuseum/chartmuseum-store.ts';
import { collectArchives } from '../../../../generator/src/repository/collect.ts';

const [target = '', ...files] = process.argv.slice(2);
await new ChartMuseumStore(target).publish(await collectArchives(files, silent), silent);
