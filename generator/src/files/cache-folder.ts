import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

/**
 * The folder of this user for what can be made again: below `SPARK_CHARTS_CACHE`, else by the XDG
 * base directories (https://specifications.freedesktop.org/basedir-spec/latest/).
 */
export function cacheFolder(
  name: 'archives' | 'compiled' | 'indexes' | 'reports' | 'tools',
  environment: NodeJS.ProcessEnv,
): string {
  const own = environment.SPARK_CHARTS_CACHE ?? '';
  if (own !== '') return join(own, name);
  const caches = environment.XDG_CACHE_HOME ?? '';
  return join(isAbsolute(caches) ? caches : join(homedir(), '.cache'), 'spark-charts', name);
}
