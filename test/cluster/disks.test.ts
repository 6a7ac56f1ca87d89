import { afterAll, beforeAll, expect, onTestFailed, test } from 'vitest';
import {
  createNamespace,
  deleteNamespace,
  diagnose,
  eventually,
  kubectl,
  namesOf,
} from './kubernetes.ts';
import { chartRepository, helm, type ChartRepository } from './release.ts';
import { aliveWorkers, finished, submitPython, type SparkCluster } from './spark.ts';

const cluster: SparkCluster = {
  namespace: 'test-disks',
  fullname: 'demo-spark',
  image: 'docker.io/apache/spark:4.3.0',
};
const { namespace } = cluster;

const VALUES = [
  ...['master', 'worker'].flatMap((component) => [
    `--set=${component}.resources.requests.cpu=50m`,
    `--set=${component}.resources.requests.memory=768Mi`,
    `--set=${component}.resources.limits.memory=768Mi`,
  ]),
  '--set=worker.localDirs.node.size=200Mi',
  '--set=worker.localDirs.scratch.type=ephemeral,worker.localDirs.scratch.size=100Mi',
  '--set=worker.localDirs.kept.type=persistent,worker.localDirs.kept.size=100Mi',
  '--set=worker.workDir.sizeLimit=200Mi,worker.tmpDir.sizeLimit=200Mi',
  '--set=worker.replicas=2',
];

/** Leaves shuffle files on the disks and keeps its executors until it is told to end. */
const SHUFFLE = `
import os, time
from pyspark.sql import SparkSession
spark = SparkSession.builder.appName("shuffle").getOrCreate()
spark.range(0, 20000, 1, 40).selectExpr("id", "repeat(md5(string(id)), 64) as text").repartition(40).write.format("noop").mode("overwrite").save()
print("written")
while not os.path.exists("/tmp/end"):
    time.sleep(1)
`;

let repository: ChartRepository;

beforeAll(async () => {
  repository = await chartRepository();
  await createNamespace(namespace);
});

afterAll(async () => {
  await deleteNamespace(namespace);
  await repository.close();
});

const step = (name: string, run: () => Promise<void>) => {
  test(name, async () => {
    onTestFailed(async () => {
      console.error(await diagnose(namespace));
    });
    await run();
  });
};

const release = async (...values: string[]) => {
  const flags = [`--namespace=${namespace}`, '--install', '--wait', '--timeout=8m'];
  await helm(['upgrade', 'demo', `${repository.name}/spark`, ...flags, ...VALUES, ...values]);
};

/** Waits until the volume claims are exactly these. */
const claims = (expected: string[]) =>
  eventually(`claims ${expected.join()}`, 180, async () => {
    const names = await namesOf('persistentvolumeclaims', namespace);
    return JSON.stringify(names.sort()) === JSON.stringify(expected.sort()) ? true : undefined;
  });

const kept = (ordinal: number) => `local-kept-${cluster.fullname}-worker-${ordinal}`;
const scratch = (ordinal: number) => `${cluster.fullname}-worker-${ordinal}-local-scratch`;

step('every worker gets its volumes', async () => {
  await release();
  await aliveWorkers(cluster, 2, 60);
  await claims([kept(0), kept(1), scratch(0), scratch(1)]);
});

step('shuffle files are spread over all disks', async () => {
  await submitPython(cluster, 'shuffle', SHUFFLE);
  await eventually('shuffle files', 240, async () => {
    const log = await kubectl(['logs', 'shuffle', '-n', namespace]);
    return log.includes('written') ? true : undefined;
  });
  const count = 'for d in /var/lib/spark/local/*; do find $d -name "shuffle_*.data" | wc -l; done';
  const pod = `${cluster.fullname}-worker-0`;
  const counts = await kubectl(['exec', pod, '-n', namespace, '--', 'bash', '-c', count]);
  expect(counts.trim().split('\n')).toHaveLength(3);
  for (const files of counts.trim().split('\n')) expect(Number(files)).toBeGreaterThan(0);
  await kubectl(['exec', 'shuffle', '-n', namespace, '--', 'touch', '/tmp/end']);
  expect((await finished(cluster, 'shuffle', 120)).phase).toBe('Succeeded');
});

step('scaling in deletes the claims', async () => {
  await release('--set=worker.replicas=1');
  await claims([kept(0), scratch(0)]);
});

step('or keeps them when asked to, but not those that live as long as the pod', async () => {
  const retain = '--set=worker.persistentVolumeClaimRetentionPolicy.whenScaled=Retain';
  await release(retain);
  await aliveWorkers(cluster, 2, 60);
  await release(retain, '--set=worker.replicas=1');
  await claims([kept(0), kept(1), scratch(0)]);
});

step('helm uninstall deletes the claims of the workers that are left', async () => {
  await helm(['uninstall', 'demo', `--namespace=${namespace}`, '--wait', '--timeout=5m']);
  await eventually('no claims of a pod', 180, async () => {
    const names = await namesOf('persistentvolumeclaims', namespace);
    return names.includes(kept(0)) || names.includes(scratch(0)) ? undefined : true;
  });
});
