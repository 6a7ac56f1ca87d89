import { afterAll, beforeAll, describe, expect, onTestFailed, test } from 'vitest';
import {
  createNamespace,
  deleteNamespace,
  diagnose,
  eventually,
  kubectl,
  namesOf,
} from './kubernetes.ts';
import { chartRepository, helm, type ChartRepository } from './release.ts';
import {
  aliveWorkers,
  finished,
  masterState,
  submitPi,
  submitPython,
  type SparkCluster,
} from './spark.ts';

const cluster: SparkCluster = {
  namespace: 'test-scaling',
  fullname: 'demo-spark',
  image: 'docker.io/apache/spark:4.3.0',
};
const { namespace } = cluster;
const WORKERS = 'app.kubernetes.io/component=worker';

const SMALL = ['master', 'worker'].flatMap((component) => [
  `--set=${component}.resources.requests.cpu=50m`,
  `--set=${component}.resources.requests.memory=768Mi`,
  `--set=${component}.resources.limits.memory=768Mi`,
]);

/** Two stages that take their time asleep, and move about 40 MB of shuffle files between them. */
const SHUFFLE = `
from pyspark.sql import SparkSession
spark = SparkSession.builder.appName("shuffle").getOrCreate()
sleep = "java_method('java.lang.Thread', 'sleep', 10L) is not null"
rows = spark.range(0, 20000, 1, 100).selectExpr("id", "repeat(md5(string(id)), 64) as text", f"{sleep} as a")
moved = rows.repartition(40, "id").selectExpr("text", "a", f"{sleep} as b")
print("result:", moved.selectExpr("sum(length(text)) as text", "sum(int(a)) as a", "sum(int(b)) as b").collect())
`;
const RESULT = 'result: [Row(text=40960000, a=20000, b=20000)]';

/** Gives all its executors back in the middle. */
const IDLE = `
import time
from pyspark.sql import SparkSession
spark = SparkSession.builder.appName("idle").getOrCreate()
def count():
    rows = spark.range(0, 400, 1, 40).selectExpr("java_method('java.lang.Thread', 'sleep', 100L) is not null as a")
    return rows.repartition(4).selectExpr("sum(int(a))").first()[0]
first = count()
def executors():
    return spark.sparkContext._jsc.sc().getExecutorMemoryStatus().size() - 1
end = time.time() + 240
while executors() > 0 and time.time() < end:
    time.sleep(1)
print("executors while idle:", executors())
print("counts:", first, count())
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
  await helm(['upgrade', 'demo', `${repository.name}/spark`, ...flags, ...SMALL, ...values]);
};

const workersLeft = async (seconds: number, left: readonly number[]): Promise<number> => {
  const start = Date.now();
  const expected = left.map((ordinal) => `${cluster.fullname}-worker-${ordinal}`).sort();
  await eventually(`workers ${left.join()}`, seconds, async () => {
    const names = await namesOf('pods', namespace, WORKERS);
    return JSON.stringify(names.sort()) === JSON.stringify(expected) ? true : undefined;
  });
  return Math.round((Date.now() - start) / 1000);
};

describe('scaling in', () => {
  step('4 workers take a job', async () => {
    await release('--set=worker.replicas=4');
    await aliveWorkers(cluster, 4, 60);
    await submitPython(cluster, 'shuffle', SHUFFLE);
    await eventually('tasks that ended on all workers', 240, async () => {
      for (const pod of await namesOf('pods', namespace, WORKERS)) {
        const find = "grep -qs 'Finished task' /opt/spark/work/app-*/*/stderr";
        await kubectl(['exec', pod, '-n', namespace, '--', 'bash', '-c', find]);
      }
      return true;
    });
  });

  step('2 of them leave while it runs, soon after their tasks end', async () => {
    await kubectl([
      'scale',
      `statefulset/${cluster.fullname}-worker`,
      '-n',
      namespace,
      '--replicas=2',
    ]);
    const seconds = await workersLeft(120, [0, 1]);
    console.log(`2 of 4 workers were gone after ${seconds} s`);
    const { activeapps } = await masterState(cluster);
    expect(activeapps.map(({ name, state }) => [name, state])).toEqual([['shuffle', 'RUNNING']]);
  });

  step('the job ends well, and nothing of it ran twice', async () => {
    const { phase, log } = await finished(cluster, 'shuffle', 400);
    expect(log).toContain(RESULT);
    expect(phase).toBe('Succeeded');
    expect(log).not.toMatch(/FetchFailed|Lost task|Resubmitted|failed the stage|fetch failure/i);
    // Attempts count from 0: no second one of a task or stage.
    const tasks = [...log.matchAll(/Starting task \d+\.(\d+) in stage \d+\.(\d+)/g)];
    expect(tasks.length).toBeGreaterThan(140);
    expect(tasks.filter(([, task, stage]) => task !== '0' || stage !== '0')).toEqual([]);
    expect(log).toMatch(/decommission/i);
  });

  step('an idle worker leaves at once', async () => {
    await kubectl([
      'scale',
      `statefulset/${cluster.fullname}-worker`,
      '-n',
      namespace,
      '--replicas=1',
    ]);
    const seconds = await workersLeft(60, [0]);
    console.log(`an idle worker was gone after ${seconds} s`);
  });
});

describe.each([
  ['shuffle tracking', false],
  ['the shuffle service', true],
])('dynamic allocation with %s', (_, service) => {
  step('an application gives its executors back and gets new ones', async () => {
    const allocation = ['enabled=true', 'executorIdleTimeout=5s', 'maxExecutors=2'];
    await release(
      '--set=worker.replicas=2',
      `--set=shuffleService.enabled=${service}`,
      ...allocation.map((value) => `--set=dynamicAllocation.${value}`),
      // Shuffle files that tracking finds are given up as well, else executors stay with them.
      '--set-string=sparkConf.spark\\.dynamicAllocation\\.shuffleTracking\\.timeout=5s',
    );
    const name = service ? 'idle-service' : 'idle-tracking';
    await submitPython(cluster, name, IDLE);
    const { phase, log } = await finished(cluster, name, 400);
    expect(log).toContain('executors while idle: 0');
    expect(log).toContain('counts: 400 400');
    expect(phase).toBe('Succeeded');
  });
});

describe('a HorizontalPodAutoscaler', () => {
  step('goes up under load', async () => {
    await release(
      '--set=worker.autoscaling.enabled=true',
      '--set=worker.autoscaling.maxReplicas=2',
      '--set=worker.autoscaling.targetCPUUtilization=200',
      '--set=worker.autoscaling.behavior.scaleDown.stabilizationWindowSeconds=0',
      '--set=worker.decommission.timeoutSeconds=30',
    );
    // The start itself may have been load enough.
    await workersLeft(300, [0]);
    await submitPi(cluster, 'load', 6000);
    const seconds = await workersLeft(300, [0, 1]);
    await aliveWorkers(cluster, 2, 120);
    console.log(`the second worker came ${seconds} s after the load`);
  });

  step('goes down when the load ends', async () => {
    const { phase } = await finished(cluster, 'load', 500);
    expect(phase).toBe('Succeeded');
    const seconds = await workersLeft(400, [0]);
    console.log(`it was gone ${seconds} s after the load`);
  });
});
