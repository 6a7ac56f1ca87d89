import type { KubernetesObject } from '../manifests.ts';

const HOOK = 'helm.sh/hook';
export const HOOK_WEIGHT = 'helm.sh/hook-weight';
export const HOOK_DELETE_POLICY = 'helm.sh/hook-delete-policy';
export const HOOK_LOG_POLICY = 'helm.sh/hook-output-log-policy';

/** Whether Helm makes an object at an event of the release, apart from its other objects. */
export function isHook({ annotations }: KubernetesObject): boolean {
  return Object.hasOwn(annotations, HOOK);
}

/** Whether an object is there for `helm test` only. */
export function isTest({ annotations }: KubernetesObject): boolean {
  const events = listOf(annotations[HOOK]) ?? [];
  return events.length > 0 && events.every((event) => /^test(?:-success)?$/.test(event));
}

/** The words of an annotation as Helm reads them; undefined where it is not set. */
export function listOf(annotation: unknown): string[] | undefined {
  if (typeof annotation !== 'string') return undefined;
  return annotation.split(',').map((word) => word.trim().toLowerCase());
}
