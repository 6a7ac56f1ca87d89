import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Runs kubectl and returns its standard output; a failure carries its error output. */
export async function kubectl(args: readonly string[], input?: string): Promise<string> {
  const child = run('kubectl', args, { timeout: 300_000, maxBuffer: 64 << 20 });
  if (input !== undefined) child.child.stdin?.end(input);
  return (await child).stdout;
}

/** Names of the objects of a kind in a namespace that a selector picks. */
export async function namesOf(kind: string, namespace: string, selector = ''): Promise<string[]> {
  const path = 'jsonpath={.items[*].metadata.name}';
  const output = await kubectl(['get', kind, '-n', namespace, '-l', selector, '-o', path]);
  return output.split(' ').filter((name) => name !== '');
}

/** Repeats a check until it returns something other than undefined. */
export async function eventually<T>(
  what: string,
  seconds: number,
  check: () => Promise<T | undefined>,
): Promise<T> {
  const end = Date.now() + seconds * 1000;
  let last: unknown;
  for (;;) {
    try {
      const result = await check();
      if (result !== undefined) return result;
      last = undefined;
    } catch (error) {
      last = error;
    }
    if (Date.now() > end) throw new Error(`${what}: not within ${seconds} s`, { cause: last });
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
}

/** Makes a namespace that admits only restricted pods. */
export async function createNamespace(name: string): Promise<void> {
  await deleteNamespace(name);
  const labels = { 'pod-security.kubernetes.io/enforce': 'restricted' };
  await apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } });
}

export async function deleteNamespace(name: string): Promise<void> {
  await kubectl(['delete', 'namespace', name, '--ignore-not-found', '--timeout=120s']);
}

export async function apply(object: object): Promise<void> {
  await kubectl(['apply', '-f', '-'], JSON.stringify(object));
}

/** Deletes a pod of a StatefulSet and waits until the one in its place is ready. */
export async function replacePod(
  namespace: string,
  pod: string,
  flags: readonly string[] = [],
): Promise<void> {
  const uid = () => kubectl(['get', 'pod', pod, '-n', namespace, '-o', 'jsonpath={.metadata.uid}']);
  const before = await uid();
  await kubectl(['delete', 'pod', pod, '-n', namespace, ...flags]);
  await eventually(`a new ${pod}`, 120, async () => ((await uid()) === before ? undefined : true));
  await kubectl(['wait', '-n', namespace, '--for=condition=Ready', `pod/${pod}`, '--timeout=240s']);
}

/** Names of all objects of a namespace that a release could have made, as kind/name. */
export async function objectsOf(namespace: string): Promise<string[]> {
  const kinds =
    'statefulsets,services,configmaps,secrets,persistentvolumeclaims,poddisruptionbudgets,' +
    'networkpolicies,serviceaccounts,roles,rolebindings,ingresses,pods,jobs,deployments';
  const output = await kubectl(['get', kinds, '-n', namespace, '-o', 'name']);
  const ofKubernetes = ['configmap/kube-root-ca.crt', 'serviceaccount/default'];
  return output
    .split('\n')
    .filter((name) => name !== '' && !ofKubernetes.includes(name))
    .sort();
}

/** Events and logs of a namespace, for the message of a failed test. */
export async function diagnose(namespace: string): Promise<string> {
  const parts = await Promise.allSettled([
    kubectl(['get', 'pods,services,persistentvolumeclaims', '-n', namespace, '-o', 'wide']),
    kubectl(['get', 'events', '-n', namespace, '--sort-by=.lastTimestamp']),
    kubectl([
      'logs',
      '-n',
      namespace,
      '-l',
      'app.kubernetes.io/name=spark',
      '--tail=40',
      '--prefix',
    ]),
  ]);
  return parts.map((part) => (part.status === 'fulfilled' ? part.value : '')).join('\n');
}
