import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findTool } from '../../generator/src/helm/find.ts';
import { run } from '../../generator/src/process.ts';
import { startServer } from '../../generator/src/repository/serve/server.ts';
import { runCli } from '../support/cli.ts';

export interface ChartRepository {
  /** Its name in `helm repo list`. */
  name: string;
  close: () => Promise<void>;
}

const home = await mkdtemp(join(tmpdir(), 'spark-charts-cluster-'));

/** Runs Helm 4 with a home of its own against the cluster of KUBECONFIG. */
export async function helm(args: readonly string[]): Promise<string> {
  const path = await findTool('helm-4');
  const environment = {
    ...process.env,
    HELM_CACHE_HOME: join(home, 'cache'),
    HELM_CONFIG_HOME: join(home, 'config'),
    HELM_DATA_HOME: join(home, 'data'),
  };
  const result = await run(path, args, { environment, timeout: 590_000 });
  if (result.exitCode !== 0) throw new Error(`helm ${args.join(' ')}\n${result.stderr}`);
  return result.stdout;
}

/** Publishes the generated charts to a folder, serves it and adds it to Helm. */
export async function chartRepository(): Promise<ChartRepository> {
  if (!process.env.KUBECONFIG) throw new Error('KUBECONFIG names no cluster to test on');
  const directory = join(home, 'repository');
  const published = await runCli(['publish', '--to', directory]);
  if (published.exitCode !== 0) throw new Error(published.stderr);
  const server = await startServer(directory, { port: 0 });
  await helm(['repo', 'add', 'under-test', server.url]);
  return {
    name: 'under-test',
    close: async () => {
      await server.close();
      await rm(home, { recursive: true });
    },
  };
}
