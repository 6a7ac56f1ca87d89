import { nameOf } from '../manifests.ts';
import { bindingsOf, permissionsOf, type Permission } from '../objects/rbac.ts';
import type { Observation, Rule } from '../rule.ts';

const FIELDS = ['verbs', 'resources', 'apiGroups', 'nonResourceURLs'] as const;

/** Roles that permit everything of a sort. */
export const wildcardRbac: Rule = {
  id: 'wildcard-rbac',
  severity: 'warning',
  summary: 'A role permits `*`, or `cluster-admin` is bound.',
  reason: 'It gives rights to kinds and verbs that nobody thought of, also to those yet to come.',
  remedy: 'List the verbs and resources that are needed.',
  source: 'https://kubernetes.io/docs/concepts/security/rbac-good-practices/#least-privilege',
  rendering({ objects }) {
    const admins = bindingsOf(objects).filter(
      ({ role }) => role.kind === 'ClusterRole' && role.name === 'cluster-admin',
    );
    return [
      ...permissionsOf(objects).flatMap(wildcards),
      ...admins.map(({ object }) => ({
        message: `${nameOf(object)} binds cluster-admin, which permits everything`,
        place: { object, path: ['roleRef', 'name'] },
      })),
    ];
  },
};

function wildcards(permission: Permission): Observation[] {
  const { role, index } = permission;
  const fields = FIELDS.filter((field) => permission[field].includes('*'));
  const [first] = fields;
  if (first === undefined) return [];
  return [
    {
      message: `${nameOf(role)} permits * as ${fields.join(' and ')}`,
      place: { object: role, path: ['rules', index, first] },
    },
  ];
}
