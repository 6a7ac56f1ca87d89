import type { Problem } from '../errors.ts';
import { below, nodeLocation, problemAt } from './locations.ts';
import type { LocatedNode, Location } from './locations.ts';
import { layDefault } from './merge.ts';
import type { Component } from './catalog.ts';
import type { Json } from './types.ts';

/**
 * The values model of a chart for all Spark lines: the properties and conditions of its
 * components in their order, with the chart's own defaults laid over.
 * @param location where the chart's defaults are written.
 * @param problems gains an entry for each property that two components define.
 */
export function composeValues(
  components: readonly Component[],
  defaults: Record<string, Json>,
  location?: Location,
  problems: Problem[] = [],
): LocatedNode {
  const root: LocatedNode = { type: 'object', properties: {} };
  const owners = new Map<string, string>();
  for (const { name, values } of components) {
    for (const [key, property] of Object.entries(values.properties ?? {})) {
      const owner = owners.get(key);
      if (owner === undefined) owners.set(key, name);
      else {
        const place = nodeLocation(property);
        const message = `component "${owner}" defines "${key}" already`;
        if (place) problems.push(problemAt(place, message, { path: key, at: 'key' }));
      }
      root.properties = { ...root.properties, [key]: property };
    }
    if (values.allOf) root.allOf = [...(root.allOf ?? []), ...values.allOf];
  }
  return layDefault(root, defaults, location && below(location, 'defaults'));
}
