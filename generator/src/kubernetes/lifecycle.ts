import type { SchemaProblem } from './problem.ts';
import type { Kind } from './schema.ts';
import { isWithin, versionNumber } from './versions.ts';

/**
 * What a version of Kubernetes does with a kind; undefined for one that it serves and will serve.
 * @param minor the known minor version that is nearest.
 */
export function lifecycleProblem(
  kind: Kind,
  kubeVersion: string,
  minor: string,
): SchemaProblem | undefined {
  const problem = (problemKind: SchemaProblem['kind'], state: string): SchemaProblem => ({
    kind: problemKind,
    path: ['apiVersion'],
    message: `${kind.apiVersion} ${kind.kind} ${state}`,
    ...(kind.replacement !== undefined && { hint: `use ${kind.replacement}` }),
  });
  const { deprecated, removed, since, until } = kind;
  if (hasCome(removed, kubeVersion))
    return problem('api-removed', `was removed${inVersion(removed)}`);
  if (until !== undefined && !isWithin(minor, { until }))
    return problem('api-removed', `was removed after Kubernetes ${until}`);
  if (since !== undefined && !isWithin(minor, { since }))
    return problem('api-too-new', `came with Kubernetes ${since}`);
  if (hasCome(deprecated, kubeVersion))
    return problem('api-deprecated', `was deprecated${inVersion(deprecated)}`);
  return undefined;
}

/** Has an event come by a version? A project's own has, whatever the version of Kubernetes. */
function hasCome(event: string | true | undefined, kubeVersion: string): boolean {
  if (event === undefined || event === true) return event ?? false;
  return versionNumber(event) <= versionNumber(kubeVersion);
}

function inVersion(event: string | true | undefined): string {
  return typeof event === 'string' ? ` in Kubernetes ${event}` : '';
}
