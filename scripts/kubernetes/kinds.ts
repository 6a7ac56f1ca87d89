import type { Kind } from '../../generator/src/kubernetes/schema.ts';
import type { OpenApiSchema } from './openapi.ts';
import { shortName } from './openapi.ts';
import { spans } from './spans.ts';

/** Names of the definitions that are kinds of objects, with their full name in OpenAPI. */
export function kindsIn(definitions: Record<string, OpenApiSchema>): Map<string, string> {
  const kinds = new Map<string, string>();
  for (const [name, { properties, 'x-kubernetes-group-version-kind': served }] of Object.entries(
    definitions,
  )) {
    const [first, ...others] = served ?? [];
    // Requests, such as DeleteOptions, are of many groups; answers, such as Status, are of `meta`.
    if (first === undefined || others.length > 0 || !properties?.metadata) continue;
    if (shortName(name).startsWith('meta.')) continue;
    const { group, version, kind } = first;
    kinds.set(`${group === '' ? '' : `${group}/`}${version} ${kind}`, name);
  }
  return kinds;
}

/** `batch/v1 CronJob`, as replacements are written. */
export function nameOf({ apiVersion, kind }: Kind): string {
  return `${apiVersion} ${kind}`;
}

/**
 * The kinds of Kubernetes, those that are gone included, by API version and name.
 * @param byMinor what {@link kindsIn} finds in each minor version.
 * @param lifecycles when they were deprecated and removed.
 */
export function builtInKinds(
  byMinor: readonly ReadonlyMap<string, string>[],
  lifecycles: readonly Kind[],
): Kind[] {
  const known = new Map(lifecycles.map((kind) => [nameOf(kind), kind]));
  const served = spans(byMinor).map(({ name, value, ...bounds }): Kind => {
    const [apiVersion = '', kind = ''] = name.split(' ');
    const lifecycle = known.get(name);
    known.delete(name);
    return { apiVersion, kind, schema: shortName(value), ...bounds, ...lifecycle };
  });
  // Lists of what is gone are nobody's to render.
  const gone = [...known.values()].filter(({ kind }) => !kind.endsWith('List'));
  return [...served, ...gone];
}
