import { commandEngine } from '../../generator/src/helm/engine-command.ts';
import { startPool } from '../../generator/src/helm/engine-pool.ts';
import { sdkEngine } from '../../generator/src/helm/engine-sdk.ts';
import type { HelmEngine } from '../../generator/src/helm/engine.ts';
import { findTool } from '../../generator/src/helm/find.ts';
import { withHelm } from '../../generator/src/helm/helm.ts';

/** Runs a test with the engine and with the `helm` command in its place. */
export async function withBothEngines(
  use: (engine: HelmEngine, command: HelmEngine) => Promise<void>,
): Promise<void> {
  const file = await findTool('helm-engine', console.log);
  await withHelm('helm-4', console.log, async (helm) => {
    const pool = startPool({ file, environment: helm.environment });
    try {
      await use(sdkEngine(pool), commandEngine(helm));
    } finally {
      await pool.end();
    }
  });
}
