import { join } from 'node:path';
import { cacheFolder } from '../files/cache-folder.ts';
import { sha256 } from '../files/digest.ts';
import { buildArguments } from './go.ts';
import type { Pins } from './pins.ts';
import { executableFile } from '../process.ts';
import { TOOLS, type ToolName } from './tools.ts';

/** Where a built tool stands: another pin, source or way to build it makes another name. */
export function builtToolPath(name: ToolName, pins: Pins, environment: NodeJS.ProcessEnv): string {
  const sources = TOOLS[name].package === undefined ? [pins.engine.text] : [];
  const origin = [
    pins.text,
    ...sources,
    process.platform,
    process.arch,
    ...buildArguments(name, pins),
  ];
  const digest = sha256(origin.join('\n')).slice(0, 16);
  const file = `${name}-${pins.version(TOOLS[name].module)}-${digest}`;
  return join(cacheFolder('tools', environment), executableFile(file));
}
