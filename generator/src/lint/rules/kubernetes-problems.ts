import {
  loadKubernetesSchemas,
  type SchemaProblem,
  type SchemaProblemKind,
} from '../../kubernetes/index.ts';
import { formatPath } from '../locate/locate.ts';
import { nameOf, type KubernetesObject } from '../manifests.ts';
import type { LintedRendering, Observation } from '../rule.ts';

/** A problem of an object, and on which of the rendering's Kubernetes versions. */
interface ObjectProblem extends SchemaProblem {
  object: KubernetesObject;
  kubeVersions: string[];
}

/** Each rule asks for its part of what one check finds. */
const checked = new WeakMap<LintedRendering, ObjectProblem[]>();

/** What the schemas of Kubernetes and of custom resources say of one kind against a rendering. */
export function kubernetesProblems(
  rendering: LintedRendering,
  kind: SchemaProblemKind,
): Observation[] {
  const known = checked.get(rendering) ?? check(rendering);
  checked.set(rendering, known);
  return known.filter((problem) => problem.kind === kind).map(observe);
}

function check({ objects, kubeVersions }: LintedRendering): ObjectProblem[] {
  const bodies = objects.map(({ body }) => body);
  const schemas = loadKubernetesSchemas().withCustomResources(bodies);
  return objects.flatMap((object) => {
    const problems = new Map<string, ObjectProblem>();
    for (const kubeVersion of kubeVersions)
      for (const problem of schemas.checkObject(object.body, kubeVersion)) {
        const key = JSON.stringify(problem);
        const known = problems.get(key);
        if (known) known.kubeVersions.push(kubeVersion);
        else problems.set(key, { ...problem, object, kubeVersions: [kubeVersion] });
      }
    return [...problems.values()];
  });
}

function observe({ object, path, message, hint, kubeVersions }: ObjectProblem): Observation {
  const isField = path.length > 1;
  return {
    message: `${nameOf(object)}: ${isField ? `${formatPath(path)}: ` : ''}${message}`,
    place: { object, path, at: 'key' },
    kubeVersions,
    ...(hint !== undefined && { hint: sentence(hint) }),
  };
}

/** Hints of rules are sentences. */
function sentence(text: string): string {
  const start = text.charAt(0).toUpperCase() + text.slice(1);
  return start.endsWith('?') ? start : `${start}.`;
}
