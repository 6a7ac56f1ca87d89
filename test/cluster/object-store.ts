import { apply, kubectl } from './kubernetes.ts';

const IMAGE = 'docker.io/motoserver/moto:5.2.5';

/** The name of the Secret with the keys of the store, for objectStore.s3.existingSecret. */
export const STORE_SECRET = 'object-store';

/** Starts an S3 server without TLS, `http://s3:5000`, and makes a bucket with an empty folder in it. */
export async function startObjectStore(
  namespace: string,
  bucket: string,
  folder: string,
): Promise<void> {
  const securityContext = {
    allowPrivilegeEscalation: false,
    capabilities: { drop: ['ALL'] },
  };
  const podSecurityContext = {
    ...{ runAsNonRoot: true, runAsUser: 65534 },
    seccompProfile: { type: 'RuntimeDefault' },
  };
  const resources = { requests: { cpu: '50m', memory: '128Mi' }, limits: { memory: '512Mi' } };
  const metadata = { name: 's3', namespace, labels: { app: 's3' } };
  await apply({
    ...{ apiVersion: 'v1', kind: 'Service', metadata },
    spec: { selector: { app: 's3' }, ports: [{ port: 5000 }] },
  });
  await apply({
    ...{ apiVersion: 'v1', kind: 'Secret' },
    metadata: { name: STORE_SECRET, namespace },
    stringData: { 'access-key': 'any', 'secret-key': 'what\\ever=' },
  });
  await apply({
    ...{ apiVersion: 'v1', kind: 'Pod', metadata },
    spec: {
      ...{ enableServiceLinks: false, automountServiceAccountToken: false },
      securityContext: podSecurityContext,
      containers: [
        {
          ...{ name: 's3', image: IMAGE, resources, securityContext },
          readinessProbe: { httpGet: { path: '/moto-api/', port: 5000 }, periodSeconds: 2 },
        },
      ],
    },
  });
  await kubectl(['wait', '-n', namespace, '--for=condition=Ready', 'pod/s3', '--timeout=180s']);
  const script = [
    'import boto3',
    's3 = boto3.client("s3", endpoint_url="http://localhost:5000", region_name="us-east-1",',
    '  aws_access_key_id="any", aws_secret_access_key="any")',
    `s3.create_bucket(Bucket="${bucket}")`,
    `s3.put_object(Bucket="${bucket}", Key="${folder}/")`,
  ];
  await kubectl(['exec', '-n', namespace, 's3', '--', 'python3', '-c', script.join('\n')]);
}
