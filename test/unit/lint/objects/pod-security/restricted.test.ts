import { describe, expect, test } from 'vitest';
import { readManifests } from '../../../../../generator/src/lint/manifests.ts';
import { restrictedBreaches } from '../../../../../generator/src/lint/objects/pod-security/restricted.ts';
import { podTemplates } from '../../../../../generator/src/lint/objects/pods.ts';
import type { Json } from '../../../../../generator/src/model/types.ts';

type Fields = Record<string, Json>;

const POD = { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } };
const CONTAINER = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } };

interface Parts {
  spec?: Fields;
  pod?: Fields;
  container?: Fields;
  body?: Fields;
  annotations?: Fields;
}

/** What a pod breaks that is as the standard asks but for these parts. */
function breaches(parts: Parts) {
  const object = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'web', annotations: parts.annotations ?? {} },
    spec: {
      securityContext: { ...POD, ...parts.pod },
      containers: [
        { name: 'web', securityContext: { ...CONTAINER, ...parts.container }, ...parts.body },
      ],
      ...parts.spec,
    },
  };
  return podTemplates(readManifests(JSON.stringify(object)).objects).flatMap(restrictedBreaches);
}

function context(fields: Fields) {
  return [{ pod: fields }, { container: fields }];
}

function probe(host: string) {
  return { body: { startupProbe: { tcpSocket: { host, port: 80 } } } };
}

/** The examples and lists of https://kubernetes.io/docs/concepts/security/pod-security-standards/. */
const CONTROLS: [control: string, allowed: Parts[], forbidden: Parts[]][] = [
  [
    'HostProcess',
    context({ windowsOptions: { hostProcess: false } }),
    context({ windowsOptions: { hostProcess: true } }),
  ],
  [
    'Host Namespaces',
    [{ spec: { hostNetwork: false, hostPID: false, hostIPC: false } }],
    [{ spec: { hostNetwork: true } }, { spec: { hostPID: true } }, { spec: { hostIPC: true } }],
  ],
  [
    'Privileged Containers',
    [{ container: { privileged: false } }, { container: { privileged: null } }],
    [{ container: { privileged: true } }],
  ],
  [
    'Capabilities',
    [
      { container: { capabilities: { drop: ['ALL'], add: ['NET_BIND_SERVICE'] } } },
      { container: { capabilities: { drop: ['NET_RAW', 'ALL'], add: null } } },
    ],
    [
      { container: { capabilities: null } },
      { container: { capabilities: { drop: ['NET_RAW'] } } },
      { container: { capabilities: { drop: ['all'] } } },
      { container: { capabilities: { drop: ['ALL'], add: ['CHOWN'] } } },
    ],
  ],
  [
    'Host Ports',
    [{ body: { ports: [{ containerPort: 80, hostPort: 0 }, { containerPort: 81 }] } }],
    [{ body: { ports: [{ containerPort: 80 }, { containerPort: 81, hostPort: 81 }] } }],
  ],
  [
    'Host Probes / Lifecycle Hooks',
    [probe('')],
    [
      probe('other'),
      { body: { livenessProbe: { httpGet: { host: 'other', port: 80 } } } },
      { body: { readinessProbe: { tcpSocket: { host: 'other', port: 80 } } } },
      { body: { lifecycle: { postStart: { httpGet: { host: 'other', port: 80 } } } } },
      { body: { lifecycle: { preStop: { tcpSocket: { host: 'other', port: 80 } } } } },
    ],
  ],
  [
    'AppArmor',
    [
      ...context({ appArmorProfile: { type: 'RuntimeDefault' } }),
      ...context({ appArmorProfile: { type: 'Localhost', localhostProfile: 'a' } }),
      { annotations: { 'container.apparmor.security.beta.kubernetes.io/web': 'runtime/default' } },
      { annotations: { 'container.apparmor.security.beta.kubernetes.io/web': 'localhost/a' } },
    ],
    [
      ...context({ appArmorProfile: { type: 'Unconfined' } }),
      ...context({ appArmorProfile: {} }),
      { annotations: { 'container.apparmor.security.beta.kubernetes.io/web': 'unconfined' } },
    ],
  ],
  [
    'SELinux',
    ['', 'container_t', 'container_init_t', 'container_kvm_t', 'container_engine_t'].flatMap(
      (type) => context({ seLinuxOptions: { type, user: '', role: '', level: 's0:c1,c2' } }),
    ),
    [{ type: 'spc_t' }, { user: 'system_u' }, { role: 'system_r' }].flatMap((seLinuxOptions) =>
      context({ seLinuxOptions }),
    ),
  ],
  [
    '/proc Mount Type',
    [{ container: { procMount: 'Default' } }],
    [
      { container: { procMount: 'Unmasked' } },
      { container: { procMount: 'Unmasked' }, spec: { hostUsers: false } },
    ],
  ],
  [
    'Seccomp',
    [
      { container: { seccompProfile: { type: 'RuntimeDefault' } }, pod: { seccompProfile: null } },
      { pod: { seccompProfile: { type: 'Localhost', localhostProfile: 'a' } } },
      { pod: { seccompProfile: null }, spec: { os: { name: 'windows' } } },
    ],
    [...context({ seccompProfile: { type: 'Unconfined' } }), { pod: { seccompProfile: null } }],
  ],
  [
    'Sysctls',
    [
      'kernel.shm_rmid_forced',
      'net.ipv4.ip_local_port_range',
      'net.ipv4.ip_unprivileged_port_start',
      'net.ipv4.tcp_syncookies',
      'net.ipv4.ping_group_range',
    ].map((name) => ({ pod: { sysctls: [{ name, value: '1' }] } })),
    [{ pod: { sysctls: [{ name: 'kernel.msgmax', value: '1' }] } }],
  ],
  [
    'Volume Types',
    [
      'configMap',
      'csi',
      'downwardAPI',
      'emptyDir',
      'ephemeral',
      'image',
      'persistentVolumeClaim',
      'projected',
      'secret',
      // It has a rule of its own.
      'hostPath',
    ].map((type) => ({ spec: { volumes: [{ name: 'data', [type]: {} }] } })),
    [{ spec: { volumes: [{ name: 'data', nfs: {} }] } }],
  ],
  [
    'Privilege Escalation',
    [{ container: { allowPrivilegeEscalation: null }, spec: { os: { name: 'windows' } } }],
    [
      { container: { allowPrivilegeEscalation: true } },
      { container: { allowPrivilegeEscalation: null } },
    ],
  ],
  [
    'Running as Non-root',
    [{ container: { runAsNonRoot: true }, pod: { runAsNonRoot: null } }],
    [
      ...context({ runAsNonRoot: false }),
      { pod: { runAsNonRoot: null } },
      { pod: { runAsNonRoot: null }, spec: { os: { name: 'windows' } } },
      { pod: { runAsNonRoot: false }, container: { runAsNonRoot: true } },
    ],
  ],
  ['Running as Non-root user', context({ runAsUser: 1000 }), context({ runAsUser: 0 })],
];

describe.each(CONTROLS)('%s', (control, allowed, forbidden) => {
  test.each(allowed)('allows %j', (parts) => {
    expect(breaches(parts)).toEqual([]);
  });

  test.each(forbidden)('forbids %j', (parts) => {
    expect(breaches(parts).map((breach) => breach.control)).toEqual([control]);
  });
});

test.each([
  ['net.ipv4.ip_local_reserved_ports', 27],
  ['net.ipv4.tcp_keepalive_time', 29],
  ['net.ipv4.tcp_fin_timeout', 29],
  ['net.ipv4.tcp_keepalive_intvl', 29],
  ['net.ipv4.tcp_keepalive_probes', 29],
  ['net.ipv4.tcp_rmem', 32],
  ['net.ipv4.tcp_wmem', 32],
])('sysctl %s is allowed since 1.%i', (name, before) => {
  expect(breaches({ pod: { sysctls: [{ name, value: '1' }] } })).toMatchObject([
    { control: 'Sysctls', before },
  ]);
});

test('the user of a user namespace is restricted up to Kubernetes 1.34', () => {
  const found = breaches({
    pod: { runAsNonRoot: false, runAsUser: 0 },
    spec: { hostUsers: false },
  });
  expect(found.map(({ control, before }) => [control, before])).toEqual([
    ['Running as Non-root user', 35],
    ['Running as Non-root', 35],
  ]);
});

test('init and ephemeral containers count', () => {
  const found = breaches({
    spec: {
      initContainers: [{ name: 'first', securityContext: { ...CONTAINER, privileged: true } }],
      ephemeralContainers: [{ name: 'debug', securityContext: { ...CONTAINER, privileged: true } }],
    },
  });
  expect(found.map(({ subject, path }) => [subject, path.slice(0, 3)])).toEqual([
    ['init container first of Pod/web', ['spec', 'initContainers', 0]],
    ['ephemeral container debug of Pod/web', ['spec', 'ephemeralContainers', 0]],
  ]);
});

test('what some containers lack is told of each of these', () => {
  const found = breaches({
    pod: { runAsNonRoot: null },
    spec: {
      containers: [
        { name: 'a', securityContext: { ...CONTAINER, runAsNonRoot: true } },
        { name: 'b', securityContext: CONTAINER },
      ],
    },
  });
  expect(found.map(({ subject }) => subject)).toEqual(['container b of Pod/web']);
});
