import { isObject } from '../../model/json.ts';
import type { Json } from '../../model/types.ts';
import { isHook } from '../objects/hooks.ts';
import { containersOf, describeContainer, valueAt, type Container } from '../objects/pods.ts';
import { ownPods } from '../objects/own-pods.ts';
import type { Rule } from '../rule.ts';

/** What a container has to say; Kubernetes takes a limit for the request where there is none. */
const NEEDS = [
  { what: 'cpu request', paths: ['requests.cpu', 'limits.cpu'] },
  { what: 'memory request', paths: ['requests.memory', 'limits.memory'] },
  { what: 'memory limit', paths: ['limits.memory'] },
].map(({ what, paths }) => ({
  what,
  paths: paths.map((path) => ['resources', ...path.split('.')]),
}));

/** Containers that do not say what they need. */
export const missingResources: Rule = {
  id: 'missing-resources',
  severity: 'warning',
  summary: 'A container has no request for CPU or memory, or no memory limit.',
  reason:
    'The scheduler places such pods as if they needed nothing, they are the first to be evicted, and one that grows takes its whole node down. A CPU limit is not asked for: it slows processes down that could run.',
  remedy: 'Set requests for CPU and memory and a limit for memory, or let the values set them.',
  source: 'https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/',
  rendering(rendering) {
    // Where operators can set them, leaving them empty is a choice that many charts make.
    const areOpen = hasResources(rendering.values);
    return ownPods(rendering).flatMap((pod) =>
      containersOf(pod).flatMap((container) => {
        const lacking = lackingOf(container);
        if (lacking.length === 0) return [];
        return [
          {
            message: `${describeContainer(container)} has no ${lacking.join(', no ')}`,
            ...((areOpen || isHook(pod.object)) && { severity: 'info' as const }),
            place: { object: pod.object, path: [...container.path, 'resources'] },
          },
        ];
      }),
    );
  },
};

/** What the pod as a whole requests counts for its containers. */
function lackingOf({ kind, body, pod }: Container): string[] {
  // The API refuses resources of ephemeral containers.
  if (kind === 'ephemeral') return [];
  const isSet = (path: readonly string[]) =>
    [body, pod.spec].some((part) => valueAt(part, path) != null);
  return NEEDS.filter(({ paths }) => !paths.some(isSet)).map(({ what }) => what);
}

function hasResources(values: Json): boolean {
  if (!isObject(values)) return false;
  return Object.entries(values).some(
    ([name, value]) => /(?:^r|R)esources(?:Preset)?$/.test(name) || hasResources(value),
  );
}
