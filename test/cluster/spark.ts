import { apply, eventually, kubectl } from './kubernetes.ts';

interface MasterState {
  url: string;
  status: string;
  workers: { id: string; state: string; coresused: number }[];
  coresused: number;
  activeapps: Application[];
  completedapps: Application[];
  completeddrivers: { id: string; state: string }[];
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

/** What the web UI of one of several masters says, asked in its pod. */
export async function stateOfMaster(cluster: SparkCluster, pod: string): Promise<MasterState> {
  const path = `/api/v1/namespaces/${cluster.namespace}/pods/${pod}:8080/proxy/json/`;
  return JSON.parse(await kubectl(['get', '--raw', path])) as MasterState;
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

/** What a submitting pod has beside the configuration that the chart offers to clients. */
interface ClientExtras {
  volumes?: object[];
  volumeMounts?: object[];
  env?: object[];
  initContainers?: object[];
  /** Texts that it writes before, by their paths. */
  files?: Record<string, string>;
}

/** Starts a pod that submits SparkPi. */
export async function submitPi(
  cluster: SparkCluster,
  name: string,
  slices: number,
  extras: ClientExtras = {},
): Promise<void> {
  const jar = '/opt/spark/examples/jars/spark-examples.jar';
  const application = ['--class', 'org.apache.spark.examples.SparkPi', jar, String(slices)];
  await submit(cluster, name, application, extras);
}

/** Starts a pod that submits a PySpark program, which may use DataFrames but no Python in executors. */
export async function submitPython(
  cluster: SparkCluster,
  name: string,
  program: string,
): Promise<void> {
  await submit(cluster, name, ['/tmp/program.py'], { files: { '/tmp/program.py': program } });
}

/** Starts a pod that submits an application, with the configuration that the chart offers to clients. */
export async function submit(
  cluster: SparkCluster,
  name: string,
  application: string[],
  extras: ClientExtras = {},
): Promise<void> {
  const script = [
    ...Object.entries(extras.files ?? {}).map(
      ([path, text]) => `cat > ${path} <<'END'\n${text}\nEND`,
    ),
    'cd /tmp && exec /opt/spark/bin/spark-submit "$@"',
  ];
  const command = [
    ...['bash', '-euc', script.join('\n'), 'submit'],
    ...['--driver-memory', '512m', '--executor-memory', '512m'],
    ...['--conf', 'spark.driver.host=$(POD_IP)'],
    ...application,
  ];
  const securityContext = {
    ...{ allowPrivilegeEscalation: false, readOnlyRootFilesystem: true },
    capabilities: { drop: ['ALL'] },
  };
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
      initContainers: (extras.initContainers ?? []).map((own) => ({ securityContext, ...own })),
      containers: [
        {
          name: 'client',
          image: cluster.image,
          command: ['tini', '-s', '--'],
          args: command,
          env: [
            { name: 'POD_IP', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } },
            ...(extras.env ?? []),
          ],
          resources: { requests: { cpu: '100m', memory: '768Mi' }, limits: { memory: '1Gi' } },
          securityContext,
          volumeMounts: [
            { name: 'configuration', mountPath: '/opt/spark/conf' },
            { name: 'tmp', mountPath: '/tmp' },
            ...(extras.volumeMounts ?? []),
          ],
        },
      ],
      volumes: [
        { name: 'configuration', configMap: { name: `${cluster.fullname}-client` } },
        { name: 'tmp', emptyDir: {} },
        ...(extras.volumes ?? []),
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
