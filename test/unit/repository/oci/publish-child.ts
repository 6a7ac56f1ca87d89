/**
 * Publishes signed charts with SBOMs to a registry, over others where need be; its arguments: the
 * target, what the charts say of themselves, then their versions.
 */
import { silent } from '../../../../generator/src/progress.ts';
import { OciStore } from '../../../../generator/src/repository/oci/oci-store.ts';
import { chartsToPublish, sbomsOf } from './charts.ts';

const [target = '', description = '', ...versions] = process.argv.slice(2);
const archives = await chartsToPublish(versions, description);
const store = new OciStore(target, { sboms: sbomsOf(archives), allowOverwrite: true });
await store.publish(archives, silent);
