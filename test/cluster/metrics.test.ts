import { loadAll } from 'js-yaml';
import { afterAll, beforeAll, describe, expect, onTestFailed, test } from 'vitest';
import { loadCatalog } from '../../generator/src/model/index.ts';
import { createNamespace, deleteNamespace, diagnose, eventually, kubectl } from './kubernetes.ts';
import { chartRepository, helm, type ChartRepository } from './release.ts';
import { masterState, submitPi, type SparkCluster } from './spark.ts';

const RELEASE = 'demo';

const VALUES = [
  '--set=metrics.enabled=true',
  '--set=logging.format=json',
  '--set=worker.replicas=1',
  ...['master', 'worker'].flatMap((component) => [
    `--set=${component}.resources.requests.cpu=100m`,
    `--set=${component}.resources.requests.memory=768Mi`,
    `--set=${component}.resources.limits.memory=1536Mi`,
  ]),
];

let repository: ChartRepository;

beforeAll(async () => {
  repository = await chartRepository();
});

afterAll(async () => {
  await repository.close();
});

const { lines } = await loadCatalog('charts-src');
const clusters = [lines.at(0), lines.at(-1)].flatMap((line) =>
  line === undefined
    ? []
    : {
        chart: line === lines[0] ? 'spark' : `spark-${line.line.replace('.', '-')}`,
        version: line.version,
      },
);

describe.each(clusters)('metrics of $chart ($version)', ({ chart, version }) => {
  const cluster: SparkCluster = {
    namespace: `test-metrics-${chart}`,
    fullname: `${RELEASE}-spark`,
    image: `docker.io/apache/spark:${version}`,
  };
  const { namespace, fullname } = cluster;
  const scraped = new Set<string>();
  const collect = (text: string) => {
    for (const [, name] of text.matchAll(/^(metrics_\w+)\{/gm)) scraped.add(String(name));
  };
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
    const flags = [`--namespace=${namespace}`, '--wait', '--timeout=8m'];
    await helm(['install', RELEASE, `${repository.name}/${chart}`, ...flags, ...VALUES]);
    // Long enough to be looked at; the namespace goes with it.
    await submitPi(cluster, 'pi', 1_000_000);
    await eventually('a running application', 240, async () => {
      const { activeapps } = await masterState(cluster);
      return activeapps.some(({ state }) => state === 'RUNNING') ? true : undefined;
    });
  });

  afterAll(async () => {
    await deleteNamespace(namespace);
  });

  const endpoints = [
    ['the master', `${fullname}-master-0`, 8080, '/metrics/master/prometheus/', 'metrics_master_'],
    [
      ...['its applications', `${fullname}-master-0`],
      ...[8080, '/metrics/applications/prometheus/', 'metrics_application_Spark_Pi_'],
    ],
    ['a worker', `${fullname}-worker-0`, 8081, '/metrics/prometheus/', 'metrics_worker_'],
    ['a driver', 'pi', 4040, '/metrics/prometheus/', 'metrics_spark_driver_DAGScheduler_'],
    ['executors', 'pi', 4040, '/metrics/executors/prometheus/', 'metrics_executor_'],
  ] as [string, string, number, string, string][];
  for (const [what, pod, port, path, prefix] of endpoints) {
    step(`${what} answer with text for Prometheus`, async () => {
      const text = await eventually(`${prefix}…`, 120, async () => {
        const answer = await scrape(cluster, pod, port, path);
        expect(answer).toMatch(/^HTTP\/1\.1 200 /);
        expect(answer).toMatch(/^content-type: text\/plain/im);
        return answer.includes(`\n${prefix}`) ? answer : undefined;
      });
      collect(text);
    });
  }

  step('executors are told apart', async () => {
    const answer = await scrape(cluster, 'pi', 4040, '/metrics/executors/prometheus/');
    expect(answer).toMatch(/^metrics_executor_activeTasks\{.*executor_id="0".*\} \d+/m);
    expect(answer).toMatch(/^metrics_executor_activeTasks\{.*application_name="Spark Pi".*\} \d+/m);
  });

  step('alerts and dashboards name metrics that exist', async () => {
    const enabled = ['podMonitor', 'prometheusRule', 'dashboards'].map(
      (part) => `--set=metrics.${part}.enabled=true`,
    );
    const output = await helm(['template', RELEASE, `dist/charts/${chart}`, ...VALUES, ...enabled]);
    const objects = (loadAll(output) as ({ kind: string } | null)[]).filter(
      (object) =>
        object?.kind === 'PrometheusRule' ||
        (object?.kind === 'ConfigMap' && JSON.stringify(object).includes('grafana_dashboard')),
    );
    expect(objects).toHaveLength(2);
    const used = new Set(JSON.stringify(objects).match(/\bmetrics_\w+/g));
    expect(used.size).toBeGreaterThan(20);
    // The heap of an executor is known from its first heartbeat on.
    await eventually('every metric', 120, async () => {
      collect(await scrape(cluster, 'pi', 4040, '/metrics/executors/prometheus/'));
      expect([...used].filter((name) => !scraped.has(name))).toEqual([]);
      return true;
    });
  });

  step('masters, workers, drivers and executors log in JSON', async () => {
    const command = 'cat /opt/spark/work/app-*/0/stderr';
    const ofExecutor = [
      'exec',
      `${fullname}-worker-0`,
      '-n',
      namespace,
      '--',
      'bash',
      '-c',
      command,
    ];
    const logs = [`${fullname}-master-0`, `${fullname}-worker-0`, 'pi'].map((pod) => [
      ...['logs', pod, '-n', namespace],
    ]);
    for (const args of [...logs, ofExecutor]) {
      const log = await kubectl(args);
      expect(log).not.toMatch(/^\d\d\/\d\d\/\d\d /m);
      // The JVM itself writes a few lines of its own.
      const lines = log.split('\n').filter((line) => line.startsWith('{'));
      expect(lines.length).toBeGreaterThan(3);
      for (const line of lines) expect(JSON.parse(line)).toHaveProperty('level');
    }
  });

  step('PodMonitors ask for the ports and paths that answered', async () => {
    const flags = ['--set=metrics.podMonitor.enabled=true,metrics.podMonitor.applications=true'];
    const output = await helm(['template', RELEASE, `dist/charts/${chart}`, ...VALUES, ...flags]);
    const monitors = loadAll(output) as (PodMonitor | null)[];
    const paths = monitors
      .flatMap((object) => (object?.kind === 'PodMonitor' ? object.spec.podMetricsEndpoints : []))
      .map(({ path }) => path);
    expect(paths.sort()).toEqual(endpoints.map(([, , , path]) => path).sort());
  });
});

interface PodMonitor {
  kind: string;
  spec: { podMetricsEndpoints: { port: string; path: string }[] };
}

/** An answer with its headers, asked from inside the driver's pod. */
async function scrape(
  { namespace }: SparkCluster,
  pod: string,
  port: number,
  path: string,
): Promise<string> {
  const ip = await kubectl(['get', 'pod', pod, '-n', namespace, '-o', 'jsonpath={.status.podIP}']);
  const request = `exec 3<>/dev/tcp/${ip}/${port} && printf 'GET ${path} HTTP/1.0\\r\\n\\r\\n' >&3 && cat <&3`;
  return kubectl(['exec', 'pi', '-n', namespace, '--', 'timeout', '60', 'bash', '-c', request]);
}
