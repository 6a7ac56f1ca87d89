import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, onTestFailed, test } from 'vitest';
import { loadCatalog } from '../../generator/src/model/index.ts';
import {
  apply,
  createNamespace,
  deleteNamespace,
  diagnose,
  eventually,
  kubectl,
} from './kubernetes.ts';
import { chartRepository, helm, type ChartRepository } from './release.ts';
import { aliveWorkers, finished, masterState, submitPi, type SparkCluster } from './spark.ts';

// Small enough for two cores, and the least that the chart promises to work with.
const SMALL = ['master', 'worker'].flatMap((component) => [
  `--set=${component}.resources.requests.cpu=100m`,
  `--set=${component}.resources.requests.memory=768Mi`,
  `--set=${component}.resources.limits.memory=768Mi`,
]);

const GUARDED = [
  ...[...SMALL, '--set=worker.replicas=2', '--set=networkPolicy.denyEgress=true'],
  ...['rpcAuthentication', 'networkEncryption', 'diskEncryption'].map(
    (feature) => `--set=security.${feature}.enabled=true`,
  ),
];

let repository: ChartRepository;

beforeAll(async () => {
  repository = await chartRepository();
});

afterAll(async () => {
  await repository.close();
});

const { lines } = await loadCatalog('charts-src');
const tested = [lines.at(0), lines.at(-1)].flatMap((line, index) =>
  line === undefined
    ? []
    : {
        chart: index === 0 ? 'spark' : `spark-${line.line.replace('.', '-')}`,
        version: line.version,
        jws: line.gates.jwsFilter === true,
      },
);

describe.each(tested)('$chart ($version)', ({ chart, version, jws }) => {
  const cluster: SparkCluster = {
    namespace: `security-${chart}`,
    fullname: 'demo-spark',
    image: `docker.io/apache/spark:${version}`,
  };
  const outside = `${cluster.namespace}-outside`;
  const { namespace } = cluster;
  const secretConfiguration = { secret: { secretName: 'demo-spark-client' } };
  const step = (name: string, run: () => Promise<void>) => {
    test(name, async () => {
      onTestFailed(async () => {
        console.error(await diagnose(namespace));
      });
      await run();
    });
  };
  const release = async (command: string, name: string, values: readonly string[]) => {
    const flags = [`--namespace=${namespace}`, '--wait', '--timeout=8m'];
    await helm([command, name, `${repository.name}/${chart}`, ...flags, ...values]);
  };
  const rpcSecret = () =>
    kubectl(['get', 'secret', 'demo-spark-rpc', '-n', namespace, '-o', 'jsonpath={.data}']);

  beforeAll(async () => {
    await createNamespace(namespace);
    await createNamespace(outside);
  });

  afterAll(async () => {
    await deleteNamespace(namespace);
    await deleteNamespace(outside);
  });

  step('workers and masters that share a secret find each other', async () => {
    await release('install', 'demo', GUARDED);
    await aliveWorkers(cluster, 2, 0);
  });

  step('helm test passes', async () => {
    const output = await helm(['test', 'demo', `--namespace=${namespace}`, '--timeout=6m']);
    expect(output).toMatch(/Phase:\s+Succeeded/);
  });

  step('a client with the Secret for clients runs SparkPi', async () => {
    await submitPi(cluster, 'pi', 20, { configuration: secretConfiguration });
    const { phase, log } = await finished(cluster, 'pi', 300);
    expect(log).toMatch(/Pi is roughly 3\.1/);
    expect(phase).toBe('Succeeded');
  });

  step('no process of a worker has the secret among its arguments', async () => {
    await submitPi(cluster, 'long-pi', 3000, { configuration: secretConfiguration });
    await eventually('an executor', 120, async () => {
      const { activeapps } = await masterState(cluster);
      return activeapps.some(({ state }) => state === 'RUNNING') ? true : undefined;
    });
    const encoded = Object.values(JSON.parse(await rpcSecret()) as Record<string, string>);
    const secret = Buffer.from(encoded[0] ?? '', 'base64').toString();
    expect(secret).toMatch(/^\w{48}$/);
    for (const worker of [0, 1]) {
      const list = ['bash', '-c', "cat /proc/[0-9]*/cmdline | tr '\\0' '\\n'"];
      const pod = `demo-spark-worker-${worker}`;
      const processes = await kubectl(['exec', '-n', namespace, pod, '--', ...list]);
      expect(processes).toContain('org.apache.spark.deploy.worker.Worker');
      expect(processes).not.toContain(secret);
    }
    await kubectl(['delete', 'pod', 'long-pi', '-n', namespace]);
  });

  step('clients with another secret, or none, are refused', async () => {
    const before = (await masterState(cluster)).completedapps.length;
    const other = ['--conf', 'spark.authenticate.secret=wrong'];
    await submitPi(cluster, 'wrong', 1, { args: other });
    await submitPi(cluster, 'silent', 1, {
      args: ['--conf', 'spark.authenticate=false', '--conf', 'spark.network.crypto.enabled=false'],
    });
    for (const pod of ['wrong', 'silent']) {
      const { phase, log } = await finished(cluster, pod, 300);
      expect(phase).toBe('Failed');
      expect(log).toMatch(/Failed to connect to master|All masters are unresponsive/);
      expect(log).not.toContain('Pi is roughly');
    }
    const { activeapps, completedapps } = await masterState(cluster);
    expect([activeapps.length, completedapps.length]).toEqual([0, before]);
  });

  step('an upgrade keeps the secret', async () => {
    const before = await rpcSecret();
    await release('upgrade', 'demo', [...GUARDED, '--set=sparkConf.spark\\.ui\\.retainedJobs=7']);
    expect(await rpcSecret()).toBe(before);
    await aliveWorkers(cluster, 2, 60);
    await submitPi(cluster, 'pi-after', 20, { configuration: secretConfiguration });
    const { phase } = await finished(cluster, 'pi-after', 300);
    expect(phase).toBe('Succeeded');
  });

  step('policies admit the namespace to Spark, others to the web UI only', async () => {
    const master = `demo-spark-master.${namespace}.svc.cluster.local`;
    const worker = `demo-spark-worker-0.demo-spark-worker-headless.${namespace}.svc.cluster.local`;
    const asked = [`${master} 7077`, `${master} 8080`, `${worker} 8081`];
    const inside = await reachable(namespace, 'probe', cluster.image, asked);
    expect(inside).toEqual([true, true, true]);
    const others = await reachable(outside, 'probe', cluster.image, asked);
    expect(others).toEqual([false, true, true]);
  });

  step('policies keep masters and workers from the rest of the network', async () => {
    await startPod(outside, 'server', cluster.image, 'sleep infinity');
    await kubectl(['wait', '-n', outside, '--for=condition=Ready', 'pod/server', '--timeout=120s']);
    const path = 'jsonpath={.status.podIP}';
    const address = await kubectl(['get', 'pod', 'server', '-n', outside, '-o', path]);
    const attempt = `timeout 5 bash -c '</dev/tcp/${address}/22' 2>&1 || true`;
    const from = (pod: string) =>
      kubectl(['exec', '-n', namespace, pod, '--', 'bash', '-c', attempt]);
    // Refused at once where packets arrive, nothing at all where a policy drops them.
    await startPod(namespace, 'free', cluster.image, attempt);
    const free = await eventually('answer of free', 120, async () => {
      const log = await kubectl(['logs', 'free', '-n', namespace]);
      return log === '' ? undefined : log;
    });
    expect(free).toContain('refused');
    expect(await from('demo-spark-worker-0')).not.toContain('refused');
  });

  const USER = ['master', 'worker'].flatMap((component) => [
    `--set=${component}.podSecurityContext.runAsUser=1000680000`,
    `--set=${component}.podSecurityContext.runAsGroup=0`,
    `--set=${component}.podSecurityContext.fsGroup=1000680000`,
  ]);

  step('Spark runs as a user that its image does not know', async () => {
    await helm(['uninstall', 'demo', `--namespace=${namespace}`, '--wait', '--timeout=5m']);
    await release('install', 'demo', [...SMALL, ...USER, '--set=worker.replicas=1']);
    await aliveWorkers(cluster, 1, 0);
    const output = await helm(['test', 'demo', `--namespace=${namespace}`, '--timeout=6m']);
    expect(output).toMatch(/Phase:\s+Succeeded/);
    const { completedapps } = await masterState(cluster);
    expect(completedapps.map(({ name, state }) => [name, state])).toEqual([
      ['Spark Pi', 'FINISHED'],
    ]);
  });

  step('the web UI speaks HTTPS, asks for a token, and its certificate is trusted', async () => {
    const inside = (component: string, script: string) =>
      kubectl(['exec', '-n', namespace, `demo-spark-${component}-0`, '--', 'bash', '-ec', script]);
    const master = (script: string) => inside('master', script);
    const store = '-keystore /tmp/ui.p12 -storepass changeit -alias ui';
    const names = '-dname CN=demo -ext san=dns:demo-spark-master -validity 30';
    const keystore = await master(
      `keytool -genkeypair -keyalg RSA ${store} -storetype PKCS12 ${names} >&2; base64 -w0 /tmp/ui.p12`,
    );
    const certificate = await master(`keytool -exportcert -rfc ${store}`);
    const key = 'a key that is long enough for HS256, which asks for 32 bytes';
    await apply({
      ...{ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'ui', namespace } },
      data: { 'keystore.p12': keystore },
      stringData: {
        'keystore-password': 'changeit',
        'jws-key': Buffer.from(key).toString('base64url'),
      },
    });
    await apply({
      ...{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'ca', namespace } },
      data: { 'ui.crt': certificate, 'again.crt': certificate },
    });
    const login = jws
      ? ['--set=security.uiAuthentication.jws.enabled=true'].concat(
          '--set=security.uiAuthentication.jws.existingSecret=ui',
        )
      : [];
    await release('upgrade', 'demo', [
      ...[...SMALL, ...USER, ...login, '--set=worker.replicas=1'],
      ...['--set=security.uiTls.enabled=true', '--set=security.uiTls.existingSecret=ui'],
      '--set=security.extraCertificates.existingConfigMap=ca',
    ]);

    const get = (path: string, token?: string) => {
      const header = token === undefined ? '' : `--header "Authorization: Bearer ${token}"`;
      const address = `https://demo-spark-master:8080${path}`;
      const trust = '--ca-certificate "$SSL_CERT_FILE"';
      return inside(
        'worker',
        `wget -qO- --server-response ${trust} ${header} ${address} 2>&1 || true`,
      );
    };
    const token = jws ? signed(key) : undefined;
    if (jws) expect(await get('/json/')).toContain('403 Forbidden');
    if (jws)
      expect(await get('/json/', signed('another key that is just as long as that'))).toContain(
        '403',
      );
    const state = await get('/json/', token);
    expect(state).toContain('"status" : "ALIVE"');
    const worker = /"id" : "(worker-[^"]+)"/.exec(state)?.[1] ?? '';
    expect(await get(`/proxy/${worker}/`, token)).toContain('Spark Worker at');
    // Java trusts the certificate, too.
    const trusted = await master(
      'keytool -list -storepass changeit -keystore /opt/spark/conf/cacerts',
    );
    expect(trusted).toMatch(/^ca-0/m);
    const output = await helm(['test', 'demo', `--namespace=${namespace}`, '--timeout=6m']);
    expect(output).toMatch(/Phase:\s+Succeeded/);
  });
});

/** A JSON Web Token without claims. */
function signed(key: string): string {
  const encode = (object: object) => Buffer.from(JSON.stringify(object)).toString('base64url');
  const content = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode({})}`;
  return `${content}.${createHmac('sha256', key).update(content).digest('base64url')}`;
}

/** Which of some addresses, `host port`, a new pod of a namespace can connect to. */
async function reachable(
  namespace: string,
  pod: string,
  image: string,
  addresses: readonly string[],
): Promise<boolean[]> {
  const attempts = addresses.map((address) => {
    const [host, port] = address.split(' ');
    return `timeout 10 bash -c '</dev/tcp/${host}/${port}' && echo yes || echo no`;
  });
  await startPod(namespace, pod, image, attempts.join('\n'));
  const output = await eventually(`answers of ${pod}`, 180, async () => {
    const path = 'jsonpath={.status.phase}';
    const phase = await kubectl(['get', 'pod', pod, '-n', namespace, '-o', path]);
    return phase === 'Succeeded' ? kubectl(['logs', pod, '-n', namespace]) : undefined;
  });
  return output.split('\n').flatMap((line) => (/^(yes|no)$/.test(line) ? line === 'yes' : []));
}

/** Starts a pod with a script of bash, as restricted as Spark's own. */
async function startPod(
  namespace: string,
  name: string,
  image: string,
  script: string,
): Promise<void> {
  await apply({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace },
    spec: {
      restartPolicy: 'Never',
      automountServiceAccountToken: false,
      securityContext: {
        ...{ runAsUser: 185, runAsNonRoot: true },
        seccompProfile: { type: 'RuntimeDefault' },
      },
      containers: [
        {
          name,
          image,
          command: ['tini', '--', 'bash', '-c', script],
          resources: { requests: { cpu: '10m', memory: '64Mi' }, limits: { memory: '128Mi' } },
          securityContext: {
            ...{ allowPrivilegeEscalation: false, readOnlyRootFilesystem: true },
            capabilities: { drop: ['ALL'] },
          },
        },
      ],
    },
  });
}
