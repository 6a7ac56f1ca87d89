import { nearest } from '../nearest.ts';
import type { SchemaProblem } from './problem.ts';
import type { Kind } from './schema.ts';

/**
 * Says that a kind is not known: a mistake where its API group is one of Kubernetes, else only
 * that nobody can check it.
 */
export function unknownKind(
  apiVersion: string,
  kind: string,
  known: Iterable<Kind>,
): SchemaProblem {
  const kinds = [...known].filter((one) => one.schema !== undefined && one.project === undefined);
  if (!isOfKubernetes(groupOf(apiVersion), kinds))
    return {
      kind: 'unchecked-kind',
      path: ['kind'],
      message: `nothing is known of ${apiVersion} ${kind}: its fields are not checked`,
    };
  const message = `Kubernetes has no ${apiVersion} ${kind}`;
  const due = suggestion(apiVersion, kind, kinds);
  return {
    kind: 'unknown-kind',
    path: ['kind'],
    message,
    ...(due !== undefined && { hint: `did you mean ${due.apiVersion} ${due.kind}?` }),
  };
}

/** The kind in another API version, the stable ones first, or a like one in this API version. */
function suggestion(apiVersion: string, kind: string, kinds: readonly Kind[]): Kind | undefined {
  const ofName = kinds.filter((one) => one.kind === kind);
  const stable = ofName.find((one) => /\bv\d+$/.test(one.apiVersion));
  const names = kinds.filter((one) => one.apiVersion === apiVersion).map((one) => one.kind);
  const name = nearest(kind, names);
  return (
    stable ?? ofName[0] ?? kinds.find((one) => one.apiVersion === apiVersion && one.kind === name)
  );
}

/** A group of custom resources is a domain, which has a dot. */
function isOfKubernetes(group: string, kinds: readonly Kind[]): boolean {
  return !group.includes('.') || kinds.some((one) => groupOf(one.apiVersion) === group);
}

/** `apps` of `apps/v1`, empty for the core group. */
function groupOf(apiVersion: string): string {
  return apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
}
