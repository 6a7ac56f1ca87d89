import { nameOf } from '../../manifests.ts';
import { objectOf, objectsIn, type PodTemplate } from '../pods.ts';
import type { Breach } from './breach.ts';

const NAMESPACES = ['hostNetwork', 'hostPID', 'hostIPC'];

const VOLUMES = [
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'image',
  'persistentVolumeClaim',
  'projected',
  'secret',
];

/** First minor version of Kubernetes that allows a sysctl; 0 for those allowed ever since. */
const SYSCTLS: ReadonlyMap<string, number> = new Map([
  ['kernel.shm_rmid_forced', 0],
  ['net.ipv4.ip_local_port_range', 0],
  ['net.ipv4.ip_unprivileged_port_start', 0],
  ['net.ipv4.ping_group_range', 0],
  ['net.ipv4.tcp_syncookies', 0],
  ['net.ipv4.ip_local_reserved_ports', 27],
  ['net.ipv4.tcp_fin_timeout', 29],
  ['net.ipv4.tcp_keepalive_intvl', 29],
  ['net.ipv4.tcp_keepalive_probes', 29],
  ['net.ipv4.tcp_keepalive_time', 29],
  ['net.ipv4.tcp_rmem', 32],
  ['net.ipv4.tcp_wmem', 32],
]);

const APPARMOR_ANNOTATION = 'container.apparmor.security.beta.kubernetes.io/';

/** Fields of the pod that open its host to it, but for hostPath volumes. */
export function podBreaches(pod: PodTemplate): Breach[] {
  return [namespaceBreaches, volumeBreaches, sysctlBreaches, appArmorBreaches].flatMap((check) =>
    check(pod),
  );
}

function namespaceBreaches({ object, path, spec }: PodTemplate): Breach[] {
  return NAMESPACES.filter((field) => spec[field] === true).map((field) => ({
    control: 'Host Namespaces',
    subject: `the pod of ${nameOf(object)}`,
    field,
    wanted: 'false or unset',
    path: [...path, 'spec', field],
  }));
}

function volumeBreaches({ object, path, spec }: PodTemplate): Breach[] {
  return objectsIn(spec.volumes).flatMap(({ item, index }) => {
    const sources = Object.keys(item).filter((key) => key !== 'name' && item[key] !== null);
    const [source] = sources;
    if (source === undefined || source === 'hostPath') return [];
    if (sources.some((name) => VOLUMES.includes(name))) return [];
    const name = typeof item.name === 'string' ? item.name : '?';
    return [
      {
        control: 'Volume Types',
        subject: `volume ${name} of ${nameOf(object)}`,
        field: source,
        wanted: `one of ${VOLUMES.join(', ')}`,
        path: [...path, 'spec', 'volumes', index, source],
      },
    ];
  });
}

function sysctlBreaches({ object, path, spec }: PodTemplate): Breach[] {
  return objectsIn(objectOf(spec.securityContext).sysctls).flatMap(({ item, index }) => {
    const before = typeof item.name === 'string' ? SYSCTLS.get(item.name) : undefined;
    if (before === 0 || typeof item.name !== 'string') return [];
    return [
      {
        control: 'Sysctls',
        subject: `the pod of ${nameOf(object)}`,
        field: `sysctl ${item.name}`,
        wanted: 'unset',
        path: [...path, 'spec', 'securityContext', 'sysctls', index, 'name'],
        ...(before !== undefined && { before }),
      },
    ];
  });
}

function appArmorBreaches({ object, path, annotations }: PodTemplate): Breach[] {
  return Object.entries(annotations).flatMap(([key, value]) => {
    if (!key.startsWith(APPARMOR_ANNOTATION) || typeof value !== 'string') return [];
    if (value === '' || value === 'runtime/default' || value.startsWith('localhost/')) return [];
    return [
      {
        control: 'AppArmor',
        subject: `the pod of ${nameOf(object)}`,
        field: `annotation ${key}`,
        wanted: 'runtime/default, localhost/… or unset',
        path: [...path, 'metadata', 'annotations', key],
      },
    ];
  });
}
