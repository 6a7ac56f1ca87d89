import { apply, eventually, kubectl } from './kubernetes.ts';

interface MasterState {
  status: string;
  workers: { id: string; state: string }[];
  activeapps: Application[];
  completedapps: Application[];
}

interface Application {
  id: string;
  name: string;
  state: string;
}

/** A cluster that was installed by the chart under test. */
export interface SparkCluster {
  namespace: string;
  fullname: string;
  image: string;
}

/** What the master's web UI says, asked through its Service. */
export async function masterState(cluster: SparkCluster): Promise<MasterState> {
  const service = `/api/v1/namespaces/${cluster.namespace}/services/${cluster.fullname}-master:ui`;
  return JSON.parse(await kubectl(['get', '--raw', `${service}/proxy/json/`])) as MasterState;
}

/** Waits until so many workers are registered and alive. */
export async function aliveWorkers(
  cluster: SparkCluster,
  count: number,
  seconds: number,
): Promise<MasterState> {
  return eventually(`${count} workers alive`, seconds, async () => {
    const state = await masterState(cluster);
    const alive = state.workers.filter((worker) => worker.state === 'ALIVE').length;
    return state.status === 'ALIVE' && alive === count ? state : undefined;
  });
}

export interface ClientOptions {
  /** Where the configuration comes from, the chart's ConfigMap for clients unless said otherwise. */
  configuration?: object;
  /** Further arguments of spark-submit. */
  args?: readonly string[];
}

/** Starts a pod that submits SparkPi, with the configuration that the chart offers to clients. */
export async function submitPi(
  cluster: SparkCluster,
  name: string,
  slices: number,
  { configuration, args = [] }: ClientOptions = {},
): Promise<void> {
  const command = [
    ...['/opt/spark/bin/spark-submit', '--driver-memory', '512m', '--executor-memory', '512m'],
    ...['--conf', 'spark.driver.host=$(POD_IP)', ...args],
    ...['--class', 'org.apache.spark.examples.SparkPi'],
    ...['/opt/spark/examples/jars/spark-examples.jar', String(slices)],
  ];
  await apply({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: cluster.namespace },
    spec: {
      restartPolicy: 'Never',
      enableServiceLinks: false,
      automountServiceAccountToken: false,
      securityContext: {
        ...{ runAsUser: 185, runAsGroup: 185, runAsNonRoot: true },
        seccompProfile: { type: 'RuntimeDefault' },
      },
      containers: [
        {
          name: 'client',
          image: cluster.image,
          command: ['tini', '-s', '--'],
          args: command,
          env: [{ name: 'POD_IP', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } }],
          resources: { requests: { cpu: '100m', memory: '768Mi' }, limits: { memory: '1Gi' } },
          securityContext: {
            ...{ allowPrivilegeEscalation: false, readOnlyRootFilesystem: true },
            capabilities: { drop: ['ALL'] },
          },
          volumeMounts: [
            { name: 'configuration', mountPath: '/opt/spark/conf' },
            { name: 'tmp', mountPath: '/tmp' },
          ],
        },
      ],
      volumes: [
        {
          name: 'configuration',
          ...(configuration ?? { configMap: { name: `${cluster.fullname}-client` } }),
        },
        { name: 'tmp', emptyDir: {} },
      ],
    },
  });
}

/** Waits for the end of a submitting pod and returns its log. */
export async function finished(
  cluster: SparkCluster,
  pod: string,
  seconds: number,
): Promise<{ phase: string; log: string }> {
  const phase = await eventually(`end of ${pod}`, seconds, async () => {
    const path = 'jsonpath={.status.phase}';
    const now = await kubectl(['get', 'pod', pod, '-n', cluster.namespace, '-o', path]);
    return now === 'Succeeded' || now === 'Failed' ? now : undefined;
  });
  return { phase, log: await kubectl(['logs', pod, '-n', cluster.namespace]) };
}
