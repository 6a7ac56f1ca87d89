import type { Json } from '../../model/types.ts';
import { groupOf, nameOf, type KubernetesObject } from '../manifests.ts';
import {
  containersOf,
  describeContainer,
  objectsIn,
  podTemplates,
  valueAt,
} from '../objects/pods.ts';
import type { ObjectPath, Observation, Rule } from '../rule.ts';

/** A list whose entries are told apart by some of their fields. */
interface KeyedList {
  object: KubernetesObject;
  subject: string;
  path: ObjectPath;
  list: Json | undefined;
  /** Fields that make the key; those with a default by their default. */
  key: Readonly<Record<string, string>>;
}

const PORT_PROTOCOL = { protocol: 'TCP' };

const POD_LISTS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  volumes: { name: '' },
  imagePullSecrets: { name: '' },
  hostAliases: { ip: '' },
  topologySpreadConstraints: { topologyKey: '', whenUnsatisfiable: '' },
};

/** Lists in which one entry stands twice; the paths of volume mounts have a rule of their own. */
export const duplicateListEntry: Rule = {
  id: 'duplicate-list-entry',
  severity: 'error',
  summary: 'A list has two entries of one key: containers, env, ports, volumes.',
  reason:
    'Server-side apply, with which Helm 4 installs, refuses the object; otherwise one of the two is lost without a word.',
  remedy:
    'Leave one of them out; where values may add entries, let theirs replace those of the template.',
  source: 'https://kubernetes.io/docs/reference/using-api/server-side-apply/#merge-strategy',
  rendering({ objects }) {
    return [...podLists(objects), ...containerLists(objects), ...serviceLists(objects)].flatMap(
      duplicates,
    );
  },
};

function podLists(objects: readonly KubernetesObject[]): KeyedList[] {
  return podTemplates(objects).flatMap(({ object, path, spec }) =>
    Object.entries(POD_LISTS).map(([field, key]) => ({
      object,
      subject: nameOf(object),
      path: [...path, 'spec', field],
      list: spec[field],
      key,
    })),
  );
}

function containerLists(objects: readonly KubernetesObject[]): KeyedList[] {
  return podTemplates(objects)
    .flatMap(containersOf)
    .flatMap((container) => {
      const { pod, path, body } = container;
      const listOf = (field: string, key: KeyedList['key']): KeyedList => ({
        object: pod.object,
        subject: describeContainer(container),
        path: [...path, field],
        list: body[field],
        key,
      });
      return [
        listOf('env', { name: '' }),
        listOf('ports', { containerPort: '', ...PORT_PROTOCOL }),
      ];
    });
}

function serviceLists(objects: readonly KubernetesObject[]): KeyedList[] {
  return objects
    .filter((object) => object.kind === 'Service' && groupOf(object) === '')
    .map((object) => ({
      object,
      subject: nameOf(object),
      path: ['spec', 'ports'],
      list: valueAt(object.body, ['spec', 'ports']),
      key: { port: '', ...PORT_PROTOCOL },
    }));
}

function duplicates({ object, subject, path, list, key }: KeyedList): Observation[] {
  const seen = new Set<string>();
  return objectsIn(list).flatMap(({ item, index }) => {
    const fields = Object.entries(key).map(([name, otherwise]) => textOf(item[name] ?? otherwise));
    // An entry without its key is wrong in another way.
    if (fields.includes('')) return [];
    const identity = JSON.stringify(fields);
    if (!seen.has(identity)) {
      seen.add(identity);
      return [];
    }
    const [first = ''] = Object.keys(key);
    return [
      {
        message: `${subject} has ${fields.join(' ')} twice in ${String(path.at(-1))}`,
        place: { object, path: [...path, index, first] },
      },
    ];
  });
}

function textOf(value: Json): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
