import { afterAll, beforeAll, describe, expect, onTestFailed, test } from 'vitest';
import { loadCatalog } from '../../generator/src/model/index.ts';
import { createNamespace, deleteNamespace, diagnose, eventually, kubectl } from './kubernetes.ts';
import { startObjectStore, STORE_SECRET } from './object-store.ts';
import { chartRepository, helm, type ChartRepository } from './release.ts';
import { finished, submit, submitPi, type SparkCluster } from './spark.ts';

interface HistoryApplication {
  id: string;
  name: string;
  attempts: { completed: boolean; appSparkVersion: string }[];
}

// Small enough for two cores.
const small = (component: string) => [
  `--set=${component}.resources.requests.cpu=50m`,
  `--set=${component}.resources.requests.memory=512Mi`,
  `--set=${component}.resources.limits.memory=1Gi`,
];
const CLUSTER = [...small('master'), ...small('worker'), '--set=worker.replicas=1'];
const HISTORY = [
  ...small('historyServer'),
  '--set=historyServer.enabled=true',
  '--set=historyServer.daemonMemory=512m',
];
const since = (start: number) => `${((Date.now() - start) / 1000).toFixed(1)} s`;

let repository: ChartRepository;

beforeAll(async () => {
  repository = await chartRepository();
});

afterAll(async () => {
  await repository.close();
});

/** Waits until a history server shows so many finished applications. */
async function finishedApplications(
  namespace: string,
  service: string,
  count: number,
): Promise<HistoryApplication[]> {
  const path = `/api/v1/namespaces/${namespace}/services/${service}:ui/proxy/api/v1/applications`;
  return eventually(`${count} applications at ${service}`, 120, async () => {
    const text = await kubectl(['get', '--raw', `${path}?status=completed`]);
    const applications = JSON.parse(text) as HistoryApplication[];
    return applications.length === count ? applications : undefined;
  });
}

function steps(namespace: string) {
  return (name: string, run: () => Promise<void>) => {
    test(name, async () => {
      onTestFailed(async () => {
        console.error(await diagnose(namespace));
      });
      await run();
    });
  };
}

const { lines } = await loadCatalog('charts-src');
const tested = [lines.at(0), lines.at(-1)].flatMap((line) => line ?? []);

describe.each(tested)('event logs on a volume, Spark $version', (line) => {
  const suffix = line === lines[0] ? '' : `-${line.line.replace('.', '-')}`;
  const namespace = `test-history${suffix}`;
  const fullname = 'demo-spark';
  const cluster: SparkCluster = {
    ...{ namespace, fullname },
    image: `docker.io/apache/spark:${line.version}`,
  };
  const step = steps(namespace);

  beforeAll(async () => {
    await createNamespace(namespace);
  });

  afterAll(async () => {
    await deleteNamespace(namespace);
  });

  step('helm install: history server gets ready with nothing to show', async () => {
    const start = Date.now();
    const flags = [`--namespace=${namespace}`, '--wait', '--timeout=8m', ...HISTORY];
    const logs = ['--set=eventLog.enabled=true', '--set=historyServer.store.enabled=true'];
    const values = [...CLUSTER, ...logs];
    await helm(['install', 'demo', `${repository.name}/spark${suffix}`, ...flags, ...values]);
    console.log(`history server and cluster ready after ${since(start)}`);
    expect(await finishedApplications(namespace, `${fullname}-history-server`, 0)).toEqual([]);
  });

  step('an application that has ended is shown', async () => {
    await submitPi(cluster, 'pi', 20, {
      volumes: [{ name: 'logs', persistentVolumeClaim: { claimName: `${fullname}-event-logs` } }],
      volumeMounts: [{ name: 'logs', mountPath: '/var/lib/spark/event-logs' }],
    });
    expect((await finished(cluster, 'pi', 300)).phase).toBe('Succeeded');
    const start = Date.now();
    const shown = await finishedApplications(namespace, `${fullname}-history-server`, 1);
    console.log(`shown ${since(start)} after the end of its pod`);
    expect(shown[0]).toMatchObject({ name: 'Spark Pi' });
    expect(shown[0]?.attempts[0]?.appSparkVersion).toBe(line.version);
    const pod = `${namespace}/services/${fullname}-history-server:ui/proxy`;
    const jobs = `/api/v1/namespaces/${pod}/history/${shown[0]?.id}/jobs/`;
    expect(await kubectl(['get', '--raw', jobs])).toContain('Completed Jobs');
  });
});

describe('event logs in an object store', () => {
  const namespace = 'test-history-s3';
  const fullname = 'demo-spark';
  const version = tested[0]?.version;
  const cluster: SparkCluster = {
    ...{ namespace, fullname },
    image: `docker.io/apache/spark:${version}`,
  };
  const jars = `docker.io/bench/spark-s3-jars:${version}`;
  const store = [
    '--set=eventLog.enabled=true',
    '--set=eventLog.directory=s3a://spark/events/',
    '--set=objectStore.s3.endpoint=http://s3:5000',
    '--set=objectStore.s3.region=us-east-1',
    '--set=objectStore.s3.pathStyleAccess=true',
    `--set=objectStore.s3.existingSecret=${STORE_SECRET}`,
    '--set=extraJars.image.repository=bench/spark-s3-jars',
    '--set=historyServer.updateInterval=2s',
  ];
  const flags = [`--namespace=${namespace}`, '--wait', '--timeout=8m', ...HISTORY];
  const step = steps(namespace);

  beforeAll(async () => {
    await createNamespace(namespace);
    await startObjectStore(namespace, 'spark', 'events');
  });

  afterAll(async () => {
    await deleteNamespace(namespace);
  });

  step('helm install with jars and keys of the store', async () => {
    const start = Date.now();
    const values = [...CLUSTER, ...store];
    await helm(['install', 'demo', `${repository.name}/spark`, ...flags, ...values]);
    console.log(`history server and cluster ready after ${since(start)}`);
  });

  step('executors write a table to the store, the driver its event log', async () => {
    const application = [
      'from pyspark.sql import SparkSession',
      'spark = SparkSession.builder.appName("table").getOrCreate()',
      'spark.range(1000).write.parquet("s3a://spark/table")',
      'print("rows:", spark.read.parquet("s3a://spark/table").count())',
    ];
    const mount = [{ name: 'jars', mountPath: '/opt/spark/extra-jars' }];
    const key = (name: string) => ({ secretKeyRef: { name: STORE_SECRET, key: name } });
    await submit(cluster, 'table', ['/tmp/application/table.py'], {
      initContainers: [
        {
          ...{
            name: 'jars',
            image: jars,
            command: ['cp', '-r', '/jars/.', '/opt/spark/extra-jars'],
          },
          volumeMounts: mount,
        },
        {
          ...{
            name: 'application',
            image: jars,
            volumeMounts: [{ name: 'application', mountPath: '/a' }],
          },
          command: ['sh', '-c', `echo '${application.join('\n')}' > /a/table.py`],
        },
      ],
      env: [
        { name: 'SPARK_DIST_CLASSPATH', value: '/opt/spark/extra-jars/*' },
        { name: 'AWS_ACCESS_KEY_ID', valueFrom: key('access-key') },
        { name: 'AWS_SECRET_ACCESS_KEY', valueFrom: key('secret-key') },
      ],
      volumes: [
        { name: 'jars', emptyDir: {} },
        { name: 'application', emptyDir: {} },
      ],
      volumeMounts: [...mount, { name: 'application', mountPath: '/tmp/application' }],
    });
    const { phase, log } = await finished(cluster, 'table', 300);
    expect(log).toContain('rows: 1000');
    expect(phase).toBe('Succeeded');
    const start = Date.now();
    const shown = await finishedApplications(namespace, `${fullname}-history-server`, 1);
    console.log(`shown ${since(start)} after the end of its pod`);
    expect(shown[0]).toMatchObject({ name: 'table' });
  });

  step('the history server as a chart of its own shows it too', async () => {
    const start = Date.now();
    const chart = `${repository.name}/spark-history-server`;
    await helm(['install', 'history', chart, ...flags, ...store]);
    const shown = await finishedApplications(namespace, 'history-spark-history-server', 1);
    console.log(`shown ${since(start)} after helm install`);
    expect(shown[0]).toMatchObject({ name: 'table' });
  });
});
