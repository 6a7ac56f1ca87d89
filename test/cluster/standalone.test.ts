import { afterAll, beforeAll, describe, expect, onTestFailed, test } from 'vitest';
import { loadCatalog } from '../../generator/src/model/index.ts';
import {
  createNamespace,
  deleteNamespace,
  diagnose,
  eventually,
  kubectl,
  objectsOf,
  replacePod,
} from './kubernetes.ts';
import { chartRepository, helm, type ChartRepository } from './release.ts';
import { aliveWorkers, finished, masterState, submitPi, type SparkCluster } from './spark.ts';

const RELEASE = 'demo';

// Small enough for two cores, and the least that the chart promises to work with.
const SMALL = ['master', 'worker'].flatMap((component) => [
  `--set=${component}.resources.requests.cpu=100m`,
  `--set=${component}.resources.requests.memory=768Mi`,
  `--set=${component}.resources.limits.memory=768Mi`,
]);

let repository: ChartRepository;

beforeAll(async () => {
  repository = await chartRepository();
});

afterAll(async () => {
  await repository.close();
});

const { lines } = await loadCatalog('charts-src');
// SPARK_LINES=all tests every line, not just the newest and the oldest.
const tested = process.env.SPARK_LINES === 'all' ? lines : [lines.at(0), lines.at(-1)];
const clusters = tested.flatMap((line, index) =>
  line === undefined
    ? []
    : {
        chart: line === lines[0] ? 'spark' : `spark-${line.line.replace('.', '-')}`,
        version: line.version,
        recovery: index % 2 === 0,
      },
);

describe.each(clusters)('$chart ($version), recovery $recovery', ({ chart, version, recovery }) => {
  const cluster: SparkCluster = {
    namespace: `test-${chart}`,
    fullname: `${RELEASE}-spark`,
    image: `docker.io/apache/spark:${version}`,
  };
  const { namespace } = cluster;
  const values = [...SMALL, `--set=master.recovery.mode=${recovery ? 'FILESYSTEM' : 'NONE'}`];
  const step = (name: string, run: () => Promise<void>) => {
    test(name, async () => {
      onTestFailed(async () => {
        console.error(await diagnose(namespace));
      });
      await run();
    });
  };

  beforeAll(async () => {
    await createNamespace(namespace);
  });

  afterAll(async () => {
    await deleteNamespace(namespace);
  });

  step('helm install: 1 master and 2 workers get ready', async () => {
    const flags = [`--namespace=${namespace}`, '--wait', '--timeout=8m'];
    await helm(['install', RELEASE, `${repository.name}/${chart}`, ...flags, ...values]);
    // Ready means registered: no waiting here.
    await aliveWorkers(cluster, 2, 0);
  });

  step('the web UI answers', async () => {
    const service = `/api/v1/namespaces/${namespace}/services/${cluster.fullname}-master:ui`;
    const page = await kubectl(['get', '--raw', `${service}/proxy/`]);
    expect(page).toContain('Spark Master at spark://');
    expect(page).toContain(version);
    const { workers } = await masterState(cluster);
    for (const { id } of workers) {
      const worker = await kubectl(['get', '--raw', `${service}/proxy/proxy/${id}/`]);
      expect(worker).toContain('Spark Worker');
    }
  });

  step('spark-submit runs SparkPi from a client pod', async () => {
    await submitPi(cluster, 'pi', 100);
    const { phase, log } = await finished(cluster, 'pi', 300);
    expect(log).toMatch(/Pi is roughly 3\.1/);
    expect(phase).toBe('Succeeded');
  });

  step('the master shows the application as finished', async () => {
    const state = await eventually('finished application', 30, async () => {
      const now = await masterState(cluster);
      return now.completedapps.length > 0 ? now : undefined;
    });
    expect(state.completedapps.map(({ name, state }) => [name, state])).toEqual([
      ['Spark Pi', 'FINISHED'],
    ]);
  });

  step('helm test passes', async () => {
    const output = await helm(['test', RELEASE, `--namespace=${namespace}`, '--timeout=6m']);
    expect(output).toMatch(/Phase:\s+Succeeded/);
  });

  if (recovery)
    step('an application survives the loss of the master', async () => {
      await submitPi(cluster, 'long-pi', 3000);
      await eventually('running application', 120, async () => {
        const { activeapps } = await masterState(cluster);
        return activeapps.some(({ state }) => state === 'RUNNING') ? true : undefined;
      });
      await replacePod(namespace, `${cluster.fullname}-master-0`);
      const { phase, log } = await finished(cluster, 'long-pi', 400);
      expect(log).toMatch(/Pi is roughly 3\.1/);
      expect(phase).toBe('Succeeded');
      await aliveWorkers(cluster, 2, 60);
    });
  else
    step('a lost master comes back with its workers', async () => {
      await replacePod(namespace, `${cluster.fullname}-master-0`);
      await aliveWorkers(cluster, 2, 240);
    });

  step('helm upgrade to 3 workers', async () => {
    const flags = [`--namespace=${namespace}`, '--wait', '--timeout=8m', '--reuse-values'];
    const reference = `${repository.name}/${chart}`;
    await helm(['upgrade', RELEASE, reference, ...flags, '--set=worker.replicas=3']);
    await aliveWorkers(cluster, 3, 0);
  });

  step('helm uninstall leaves only the volume that was to be kept', async () => {
    await kubectl(['delete', 'pods', '-n', namespace, 'pi', 'long-pi', '--ignore-not-found']);
    await helm(['uninstall', RELEASE, `--namespace=${namespace}`, '--wait', '--timeout=5m']);
    const kept = recovery ? [`persistentvolumeclaim/${cluster.fullname}-master-recovery`] : [];
    await eventually('an empty namespace', 60, async () => {
      const objects = await objectsOf(namespace);
      return JSON.stringify(objects) === JSON.stringify(kept) ? true : undefined;
    });
  });
});
