import { nameOf } from '../manifests.ts';
import { aggregatedTo, bindingsOf, permissionsOf, type Permission } from '../objects/rbac.ts';
import type { Rule } from '../rule.ts';

/** A right through which its holder gets others. */
interface Escalation {
  verbs: readonly string[];
  resources: readonly string[];
  what: string;
  /** In one namespace it is what many applications need. */
  isClusterWideOnly?: true;
}

const ROLES = ['roles', 'clusterroles'];

const ESCALATIONS: readonly Escalation[] = [
  { verbs: ['escalate'], resources: ROLES, what: 'widen roles beyond its own rights' },
  { verbs: ['bind'], resources: ROLES, what: 'bind roles that it does not have' },
  {
    verbs: ['impersonate'],
    resources: ['users', 'groups', 'serviceaccounts', 'userextras', 'uids'],
    what: 'act as somebody else',
  },
  {
    verbs: ['create'],
    resources: ['serviceaccounts/token'],
    what: 'make tokens of service accounts',
  },
  {
    verbs: ['get', 'list', 'watch'],
    resources: ['secrets'],
    what: 'read the secrets of every namespace',
    isClusterWideOnly: true,
  },
];

/** Roles whose holders can get at the rights of others. */
export const escalatingRbac: Rule = {
  id: 'escalating-rbac',
  severity: 'warning',
  summary: 'A role permits its holder to get further rights.',
  reason: 'Whoever takes over such a pod can become administrator of the cluster.',
  remedy:
    'Limit the rule to names (`resourceNames`) or to one namespace, or say in an ignore entry why not.',
  source:
    'https://kubernetes.io/docs/concepts/security/rbac-good-practices/#privilege-escalation-risks',
  rendering({ objects }) {
    const clusterWide = new Set(
      bindingsOf(objects)
        .filter(
          ({ object, role }) => object.kind === 'ClusterRoleBinding' && role.kind === 'ClusterRole',
        )
        .map(({ role }) => role.name),
    );
    return permissionsOf(objects).flatMap((permission) => {
      const { role, index } = permission;
      const isClusterWide =
        role.kind === 'ClusterRole' &&
        (clusterWide.has(role.name) || aggregatedTo(role).length > 0);
      return ESCALATIONS.filter(
        (escalation) =>
          (isClusterWide || !escalation.isClusterWideOnly) && permits(permission, escalation),
      ).map(({ what }) => ({
        message: `${nameOf(role)} permits its holder to ${what}`,
        place: { object: role, path: ['rules', index] },
      }));
    });
  },
};

/** Wildcards have a rule of their own. */
function permits(permission: Permission, { verbs, resources }: Escalation): boolean {
  return (
    permission.resourceNames.length === 0 &&
    verbs.some((verb) => permission.verbs.includes(verb)) &&
    resources.some((resource) => permission.resources.includes(resource))
  );
}
