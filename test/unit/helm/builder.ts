/** A process that builds a tool, to be run twice at once or killed. */
import { buildTool } from '../../../generator/src/helm/build.ts';
import { readPins } from '../../../generator/src/helm/pins.ts';

await buildTool('helm-4', await readPins(), () => undefined, process.env);
