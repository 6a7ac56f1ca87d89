/** Publishes signed charts to a registry; its arguments: the target, then versions of the chart. */
import { silent } from '../../../../generator/src/progress.ts';
import { OciStore } from '../../../../generator/src/repository/oci/oci-store.ts';
import { chartsToPublish } from './charts.ts';

const [target = '', ...versions] = process.argv.slice(2);
await new OciStore(target).publish(await chartsToPublish(versions), silent);
