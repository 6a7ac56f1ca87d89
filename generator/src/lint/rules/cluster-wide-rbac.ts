import { nameOf } from '../manifests.ts';
import { aggregatedTo, bindingsOf, isRbac } from '../objects/rbac.ts';
import type { Observation, Rule } from '../rule.ts';

/** Rights in every namespace. A ClusterRole alone gives none: only what binds it is told. */
export const clusterWideRbac: Rule = {
  id: 'cluster-wide-rbac',
  severity: 'warning',
  summary: 'A ClusterRoleBinding, or a ClusterRole that is added to the default roles.',
  reason:
    'It gives rights in every namespace of the cluster, to use which only few applications have a reason, and only a cluster administrator can install it.',
  remedy:
    'Use a RoleBinding in each namespace concerned, or say in an ignore entry why the whole cluster is.',
  source: 'https://kubernetes.io/docs/concepts/security/rbac-good-practices/#least-privilege',
  rendering({ objects }) {
    const bindings = bindingsOf(objects).filter(
      ({ object }) => object.kind === 'ClusterRoleBinding',
    );
    return [
      ...bindings.map(({ object, role }): Observation => ({
        message: `${nameOf(object)} gives the rights of ${role.kind}/${role.name} in every namespace`,
        place: { object, path: ['kind'] },
      })),
      ...objects
        .filter((object) => isRbac(object, 'ClusterRole'))
        .flatMap((object): Observation[] => {
          const roles = aggregatedTo(object);
          if (roles.length === 0) return [];
          return [
            {
              message: `${nameOf(object)} adds its rights to the default roles ${roles.join(', ')}`,
              severity: 'info',
              place: { object, path: ['metadata', 'labels'] },
            },
          ];
        }),
    ];
  },
};
