import { groupKindOf } from '../objects/selectors.ts';
import {
  containersOf,
  objectsIn,
  podTemplates,
  valueAt,
  type Container,
  type PodTemplate,
} from '../objects/pods.ts';
import type { ObjectPath, Observation, Rule } from '../rule.ts';

interface Mount {
  name: string;
  mountPath?: string;
  path: ObjectPath;
}

/** A mount of a volume that there is not, or at a path that is taken. */
export const volumeMount: Rule = {
  id: 'volume-mount',
  severity: 'error',
  summary: 'A container mounts a volume that its pod does not have, or two volumes at one path.',
  reason: 'Kubernetes refuses the pod.',
  remedy: 'Add the volume to the pod, or mend the name or the path of the mount.',
  source: 'https://kubernetes.io/docs/concepts/storage/volumes/#how-volumes-work',
  rendering({ objects }) {
    return podTemplates(objects).flatMap((pod) => {
      const volumes = volumeNames(pod);
      return containersOf(pod).flatMap((container) => {
        const mounts = mountsOf(container);
        return [
          ...mounts.flatMap((mount) => observeVolume(container, mount, volumes)),
          ...observePaths(container, mounts),
        ];
      });
    });
  },
};

/** A StatefulSet's claims are volumes of its pods. */
function volumeNames({ object, spec }: PodTemplate): ReadonlySet<string> {
  const isStateful = groupKindOf(object) === 'apps/StatefulSet';
  const claims = isStateful
    ? objectsIn(valueAt(object.body, ['spec', 'volumeClaimTemplates'])).map(({ item }) =>
        valueAt(item, ['metadata', 'name']),
      )
    : [];
  const names = [...objectsIn(spec.volumes).map(({ item }) => item.name), ...claims];
  return new Set(names.filter((name) => typeof name === 'string'));
}

function mountsOf({ body, path }: Container): Mount[] {
  return ['volumeMounts', 'volumeDevices'].flatMap((list) =>
    objectsIn(body[list]).flatMap(({ item: { name, mountPath, devicePath }, index }) => {
      const place = mountPath ?? devicePath;
      return typeof name === 'string'
        ? {
            name,
            ...(typeof place === 'string' && { mountPath: place }),
            path: [...path, list, index],
          }
        : [];
    }),
  );
}

function observeVolume(
  { name, pod }: Container,
  mount: Mount,
  volumes: ReadonlySet<string>,
): Observation[] {
  if (volumes.has(mount.name)) return [];
  return [
    {
      message: `container ${name} mounts volume ${mount.name}, which its pod does not have`,
      place: { object: pod.object, path: [...mount.path, 'name'] },
    },
  ];
}

function observePaths({ name, pod }: Container, mounts: readonly Mount[]): Observation[] {
  const taken = new Map<string, string>();
  return mounts.flatMap(({ mountPath, name: volume, path }) => {
    if (mountPath === undefined) return [];
    const other = taken.get(mountPath);
    taken.set(mountPath, volume);
    if (other === undefined) return [];
    return [
      {
        message: `container ${name} mounts volumes ${other} and ${volume} both at ${mountPath}`,
        place: { object: pod.object, path: [...path, 'mountPath'] },
      },
    ];
  });
}
