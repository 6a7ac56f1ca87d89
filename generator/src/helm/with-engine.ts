import { UserError } from '../errors.ts';
import type { Progress } from '../progress.ts';
import { commandEngine } from './engine-command.ts';
import { startPool } from './engine-pool.ts';
import { sdkEngine } from './engine-sdk.ts';
import type { HelmEngine } from './engine.ts';
import { findTool } from './find.ts';
import { withHelm, withHelmHome } from './helm.ts';

/** A proxy that is not there: what a schema refers to must not be fetched. */
const PROXY = 'http://127.0.0.1:9';
const NO_NETWORK = {
  HTTP_PROXY: PROXY,
  HTTPS_PROXY: PROXY,
  http_proxy: PROXY,
  https_proxy: PROXY,
  NO_PROXY: '',
  no_proxy: '',
};

/**
 * Runs `use` with Helm's engine, whose processes end when it is done. Where it can be neither
 * found nor built, the `helm` command stands in.
 * @throws UserError `TOOL_MISSING`, `TOOL_FAILED` and `FILE_SYSTEM`, see {@link findTool}; what
 * `use` throws.
 */
export async function withEngine<T>(
  progress: Progress,
  use: (engine: HelmEngine) => Promise<T>,
): Promise<T> {
  const file = await findEngine(progress);
  if (file === undefined)
    return withHelm('helm-4', progress, ({ path, environment }) =>
      use(commandEngine({ path, environment: { ...environment, ...NO_NETWORK } })),
    );
  return withHelmHome(async (environment) => {
    const pool = startPool({ file, environment });
    try {
      return await use(sdkEngine(pool));
    } finally {
      await pool.end();
    }
  });
}

async function findEngine(progress: Progress): Promise<string | undefined> {
  try {
    return await findTool('helm-engine', progress);
  } catch (error) {
    if (!(error instanceof UserError) || !error.code.startsWith('TOOL_')) throw error;
    progress(`${error.message}; the helm command is used in its place, which takes longer`);
    return undefined;
  }
}
