import type { Json } from '../../model/types.ts';
import { groupOf, type KubernetesObject } from '../manifests.ts';
import { objectOf, objectsIn } from './pods.ts';

/** One rule of a role. */
export interface Permission {
  role: KubernetesObject;
  index: number;
  verbs: string[];
  apiGroups: string[];
  resources: string[];
  resourceNames: string[];
  nonResourceURLs: string[];
}

/** What a role is bound by. */
export interface Binding {
  object: KubernetesObject;
  role: { kind: string; name: string };
  subjects: Record<string, Json>[];
}

/** An object of the RBAC API. */
export function isRbac(object: KubernetesObject, ...kinds: string[]): boolean {
  return groupOf(object) === 'rbac.authorization.k8s.io' && kinds.includes(object.kind);
}

/** What the roles among objects permit, rule by rule. */
export function permissionsOf(objects: readonly KubernetesObject[]): Permission[] {
  return objects
    .filter((object) => isRbac(object, 'Role', 'ClusterRole'))
    .flatMap((role) =>
      objectsIn(role.body.rules).map(({ item, index }) => ({
        role,
        index,
        verbs: strings(item.verbs),
        apiGroups: strings(item.apiGroups),
        resources: strings(item.resources),
        resourceNames: strings(item.resourceNames),
        nonResourceURLs: strings(item.nonResourceURLs),
      })),
    );
}

/** The bindings among objects. */
export function bindingsOf(objects: readonly KubernetesObject[]): Binding[] {
  return objects
    .filter((object) => isRbac(object, 'RoleBinding', 'ClusterRoleBinding'))
    .map((object) => {
      const { kind, name } = objectOf(object.body.roleRef);
      return {
        object,
        role: { kind: text(kind), name: text(name) },
        subjects: objectsIn(object.body.subjects).map(({ item }) => item),
      };
    });
}

/** Default roles that a ClusterRole is added to by its labels. */
export function aggregatedTo({ labels }: KubernetesObject): string[] {
  const prefix = 'rbac.authorization.k8s.io/aggregate-to-';
  return Object.keys(labels)
    .filter((label) => label.startsWith(prefix) && labels[label] === 'true')
    .map((label) => label.slice(prefix.length));
}

function strings(list: Json | undefined): string[] {
  return Array.isArray(list) ? list.filter((item) => typeof item === 'string') : [];
}

function text(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}
