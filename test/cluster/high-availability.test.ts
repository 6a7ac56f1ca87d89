import { afterAll, beforeAll, describe, expect, onTestFailed, test } from 'vitest';
import { loadCatalog } from '../../generator/src/model/index.ts';
import {
  createNamespace,
  deleteNamespace,
  diagnose,
  eventually,
  kubectl,
  replacePod,
} from './kubernetes.ts';
import { chartRepository, helm, type ChartRepository } from './release.ts';
import {
  aliveWorkers,
  finished,
  masterState,
  stateOfMaster,
  submitPi,
  type SparkCluster,
} from './spark.ts';

const RELEASE = 'demo';
const ROLE = 'spark-charts.github.io/role';

// Small enough for two cores; a lost master is followed after 20 s, half of what is usual.
const VALUES = [
  ...['master', 'worker'].flatMap((component) => [
    `--set=${component}.resources.requests.cpu=50m`,
    `--set=${component}.resources.requests.memory=768Mi`,
    `--set=${component}.resources.limits.memory=768Mi`,
  ]),
  ...['--set=master.replicas=3', '--set=master.recovery.mode=ZOOKEEPER'],
  ...['--set=zookeeper.enabled=true', '--set=zookeeper.replicas=1'],
  ...['--set=zookeeper.heap=128m', '--set=zookeeper.sessionTimeoutSeconds=20'],
  ...[
    '--set=zookeeper.resources.requests.cpu=50m',
    '--set=zookeeper.resources.limits.memory=512Mi',
  ],
];

let repository: ChartRepository;

beforeAll(async () => {
  repository = await chartRepository();
});

afterAll(async () => {
  await repository.close();
});

const { lines } = await loadCatalog('charts-src');
// SPARK_LINES=all tests every line, not just the newest.
const clusters = (process.env.SPARK_LINES === 'all' ? lines : lines.slice(0, 1)).map((line) => ({
  chart: line === lines[0] ? 'spark' : `spark-${line.line.replace('.', '-')}`,
  version: line.version,
}));

describe.each(clusters)('three masters of $chart ($version)', ({ chart, version }) => {
  const cluster: SparkCluster = {
    namespace: `test-masters-${chart}`,
    fullname: `${RELEASE}-spark`,
    image: `docker.io/apache/spark:${version}`,
  };
  const { namespace } = cluster;
  const masters = [0, 1, 2].map((index) => `${cluster.fullname}-master-${index}`);
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

  step('helm install: all pods get ready, standby masters too', async () => {
    const flags = [`--namespace=${namespace}`, '--wait', '--timeout=8m'];
    await helm(['install', RELEASE, `${repository.name}/${chart}`, ...flags, ...VALUES]);
  });

  step('the Service leads to the active master, which alone bears the label', async () => {
    const active = await activeMaster(cluster, masters, 60);
    for (const standby of masters.filter((master) => master !== active))
      expect((await stateOfMaster(cluster, standby)).status).toBe('STANDBY');
    await aliveWorkers(cluster, 2, 30);
  });

  step('a job goes on when the active master is killed, and a standby takes over', async () => {
    await submitPi(cluster, 'long-pi', 6000);
    await eventually('running application', 120, async () => {
      const { activeapps } = await masterState(cluster);
      return activeapps.some(({ state }) => state === 'RUNNING') ? true : undefined;
    });
    const lost = await activeMaster(cluster, masters, 30);
    const others = masters.filter((master) => master !== lost);
    const killed = Date.now();
    const takeover = async () => {
      const active = await activeMaster(cluster, others, 180);
      console.info(`${lost} killed, the Service leads to ${active} after ${since(killed)} s`);
    };
    await Promise.all([takeover(), replacePod(namespace, lost, ['--grace-period=0', '--force'])]);
    const { activeapps } = await aliveWorkers(cluster, 2, 120);
    console.info(`and it has both workers after ${since(killed)} s`);
    expect(activeapps.map(({ name }) => name)).toEqual(['Spark Pi']);
    const { phase, log } = await finished(cluster, 'long-pi', 400);
    expect(log).toMatch(/Pi is roughly 3\.1/);
    expect(log).toContain('Master has changed');
    expect(phase).toBe('Succeeded');
    console.info(`the job ended ${since(killed)} s after the loss`);
    await eventually('finished application', 30, async () => {
      const { completedapps } = await masterState(cluster);
      return completedapps.some(({ state }) => state === 'FINISHED') ? true : undefined;
    });
  });

  step('an application in cluster mode, submitted in a standby, finds the active one', async () => {
    const active = await activeMaster(cluster, masters, 60);
    const standby = masters.find((master) => master !== active) ?? '';
    const client = ['get', 'configmap', `${cluster.fullname}-client`, '-n', namespace, '-o'];
    const defaults = await kubectl([...client, 'jsonpath={.data.spark-defaults\\.conf}']);
    const url = /^spark\.master=(.*)$/m.exec(defaults)?.[1] ?? '';
    await kubectl([
      ...['exec', '-n', namespace, standby, '-c', 'master', '--', '/opt/spark/bin/spark-submit'],
      ...['--master', url, '--deploy-mode', 'cluster', '--driver-memory', '512m'],
      ...['--conf', 'spark.executor.memory=512m'],
      ...['--class', 'org.apache.spark.examples.SparkPi'],
      ...['file:///opt/spark/examples/jars/spark-examples.jar', '20'],
    ]);
    const { completeddrivers } = await eventually('the end of the driver', 240, async () => {
      const state = await masterState(cluster);
      return state.completeddrivers.length > 0 ? state : undefined;
    });
    expect(completeddrivers.map(({ state }) => state)).toEqual(['FINISHED']);
  });

  step('every pod can be restarted in turn', async () => {
    const zookeeper = `${cluster.fullname}-zookeeper-1`;
    const workers = [0, 1].map((index) => `${cluster.fullname}-worker-${index}`);
    for (const pod of [...masters, zookeeper, ...workers]) {
      const deleted = Date.now();
      await replacePod(namespace, pod);
      const ready = since(deleted);
      const active = await activeMaster(cluster, masters, 240);
      await aliveWorkers(cluster, 2, 240);
      console.info(
        `${pod}: ready after ${ready} s, all well with ${active} after ${since(deleted)} s`,
      );
    }
    expect((await masterState(cluster)).status).toBe('ALIVE');
  });

  step('helm test passes', async () => {
    const output = await helm(['test', RELEASE, `--namespace=${namespace}`, '--timeout=6m']);
    expect(output).toMatch(/Phase:\s+Succeeded/);
  });
});

/** Waits until one of these masters is active, bears the label alone and answers for the Service. */
async function activeMaster(
  cluster: SparkCluster,
  masters: readonly string[],
  seconds: number,
): Promise<string> {
  return eventually('one active master', seconds, async () => {
    const list = ['get', 'pods', '-n', cluster.namespace, '-l', `${ROLE}=active`, '-o', 'name'];
    const labelled = (await kubectl(list)).trim().replace(/^pod\//, '');
    if (!masters.includes(labelled)) return undefined;
    const own = await stateOfMaster(cluster, labelled);
    const { url } = await masterState(cluster);
    return own.status === 'ALIVE' && own.url === url ? labelled : undefined;
  });
}

function since(time: number): number {
  return Math.round((Date.now() - time) / 1000);
}
