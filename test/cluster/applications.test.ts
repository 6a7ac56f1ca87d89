import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, onTestFailed, test } from 'vitest';
import { createNamespace, deleteNamespace, diagnose, kubectl } from './kubernetes.ts';
import { chartRepository, helm, type ChartRepository } from './release.ts';

const run = promisify(execFile);

const NAMESPACE = 'test-applications';
const driver = { requests: { cpu: '50m', memory: '1Gi' }, limits: { memory: '1Gi' } };
const executor = { maxCores: 1, memory: '512m' };
const VALUES = {
  master: { resources: { requests: { cpu: '50m', memory: '768Mi' }, limits: { memory: '768Mi' } } },
  worker: {
    replicas: 1,
    cores: 3,
    memory: '1800m',
    resources: { requests: { cpu: '50m', memory: '3Gi' }, limits: { memory: '3Gi' } },
  },
  connect: { enabled: true, executor, resources: driver },
  thriftServer: { enabled: true, executor, resources: driver },
  client: {
    enabled: true,
    resources: driver,
    sparkConf: {
      'spark.cores.max': 1,
      'spark.executor.memory': '512m',
      'spark.driver.memory': '512m',
    },
  },
};

// Without it the client looks for a Spark of this machine when it is loaded.
const env = { ...process.env, SPARK_HOME: homedir() };

/** Spark Connect's Python client alone; PyPI has it up to 4.2, whose protocol newer servers speak. */
const PYTHON_CLIENT = 'pyspark-client==4.2.0';
const VENV = join(homedir(), '.cache', 'spark-charts', 'test', PYTHON_CLIENT);
const COUNT = `
import sys
from pyspark.sql import SparkSession
spark = SparkSession.builder.remote(sys.argv[1]).getOrCreate()
print("counted", spark.range(1000).selectExpr("id % 7 AS k").groupBy("k").count().count())
`;

let repository: ChartRepository;

async function pythonClient(): Promise<string | undefined> {
  const python = join(VENV, 'bin', 'python');
  const isInstalled = async () => {
    await run(python, ['-c', 'import pyspark.sql.connect, grpc, pandas, pyarrow'], { env });
    return python;
  };
  try {
    if (existsSync(python)) return await isInstalled();
    await run('python3', ['-m', 'venv', VENV]);
    const packages = [PYTHON_CLIENT, 'pandas<3', 'pyarrow', 'grpcio', 'grpcio-status'];
    await run(python, ['-m', 'pip', 'install', '--quiet', ...packages, 'zstandard']);
    return await isInstalled();
  } catch (error) {
    console.warn(
      `NOTICE: the test of Spark Connect is skipped, no Python client: ${String(error)}`,
    );
    return undefined;
  }
}

async function inClient(...command: string[]): Promise<string> {
  return kubectl(['exec', '-n', NAMESPACE, 'deployment/demo-spark-client', '--', ...command]);
}

function step(name: string, body: () => Promise<void>): void {
  test(name, async () => {
    onTestFailed(async () => {
      console.error(await diagnose(NAMESPACE));
    });
    await body();
  });
}

beforeAll(async () => {
  repository = await chartRepository();
  await createNamespace(NAMESPACE);
});

afterAll(async () => {
  await deleteNamespace(NAMESPACE);
  await repository.close();
});

step('Connect, Thrift and the client pod get ready', async () => {
  const flags = [`--namespace=${NAMESPACE}`, '--wait', '--timeout=9m'];
  const values = `--set-json=${JSON.stringify(VALUES)}`;
  await helm(['install', 'demo', `${repository.name}/spark`, ...flags, values]);
});

const python = await pythonClient();

test.skipIf(python === undefined)('a Python client runs a query over Connect', async () => {
  const service = ['get', 'service', '-n', NAMESPACE, 'demo-spark-connect'];
  const address = await kubectl([...service, '-o', 'jsonpath={.spec.clusterIP}']);
  const args = ['-c', COUNT, `sc://${address}:15002`];
  expect((await run(python ?? '', args, { env, timeout: 300_000 })).stdout).toContain('counted 7');
});

step('beeline runs a query over Thrift', async () => {
  const url = 'jdbc:hive2://demo-spark-thrift-server:10000';
  const query = 'SELECT sum(id) AS total FROM range(1001)';
  const answer = await inClient('/opt/spark/bin/beeline', '-u', url, '-e', query);
  expect(answer).toContain('500500');
});

step('spark-sql and spark-submit run in the client pod as they are', async () => {
  const sum = await inClient('/opt/spark/bin/spark-sql', '-e', 'SELECT sum(id) FROM range(1001)');
  expect(sum).toContain('500500');
  const pi = await inClient(
    '/opt/spark/bin/spark-submit',
    ...['--class', 'org.apache.spark.examples.SparkPi'],
    ...['/opt/spark/examples/jars/spark-examples.jar', '20'],
  );
  expect(pi).toMatch(/Pi is roughly 3\.1/);
});
