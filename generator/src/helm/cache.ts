import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { sha256 } from '../files/digest.ts';
import { buildArguments } from './go.ts';
import type { Pins } from './pins.ts';
import { executableFile } from './process.ts';
import { TOOLS, type ToolName } from './tools.ts';

/** The folder for built tools; `SPARK_CHARTS_CACHE`, else by the XDG base directories. */
export function toolsCache(environment: NodeJS.ProcessEnv): string {
  const own = environment.SPARK_CHARTS_CACHE ?? '';
  if (own !== '') return join(own, 'tools');
  const caches = environment.XDG_CACHE_HOME ?? '';
  return join(isAbsolute(caches) ? caches : join(homedir(), '.cache'), 'spark-charts', 'tools');
}

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
  return join(toolsCache(environment), executableFile(file));
}
