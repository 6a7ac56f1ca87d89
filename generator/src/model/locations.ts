import type { Problem } from '../errors.ts';
import { own } from './json.ts';
import type { SchemaNode } from './schema-node.ts';
import type { DataPath, ProblemDetails, YamlSource } from './yaml-source.ts';

/** A place in an authored file. */
export interface Location {
  source: YamlSource;
  path: DataPath;
}

const NODE = Symbol('where the node is written');
const DEFAULT = Symbol('where its default is written');

/**
 * A node that remembers where it and its default were written. Copies made with `...` keep
 * this, so a merged node points at the place that was merged last.
 */
export interface LocatedNode extends SchemaNode {
  properties?: Record<string, LocatedNode>;
  [NODE]?: Location;
  [DEFAULT]?: Location;
}

/** Marks the node that it is spread into as written there. */
export function nodeAt(location: Location): LocatedNode {
  return { [NODE]: location };
}

/** Marks the default of the node that it is spread into as written there. */
export function defaultAt(location: Location): LocatedNode {
  return { [DEFAULT]: location };
}

/** Where this very node is written. */
export function nodeLocation(node: LocatedNode): Location | undefined {
  return node[NODE];
}

/** Where the default of this very node is written. */
export function defaultLocation(node: LocatedNode): Location | undefined {
  return node[DEFAULT];
}

/** The place of what these keys lead to. */
export function below({ source, path }: Location, ...keys: (string | number)[]): Location {
  return { source, path: [...path, ...keys] };
}

/**
 * Where the default at a path of values.yaml comes from; where none is written, the place of its
 * node or of the nearest node above.
 */
export function locateDefault(root: LocatedNode, path: DataPath): Location | undefined {
  const nodes = [root];
  for (const key of path) {
    const next = own(nodes.at(-1)?.properties, key);
    if (!next) break;
    nodes.push(next);
  }
  const depth = nodes.findLastIndex((node) => node[DEFAULT]);
  const location = nodes[depth]?.[DEFAULT];
  if (location) return below(location, ...path.slice(depth));
  return nodes.findLast((node) => node[NODE])?.[NODE];
}

/** A problem at a place of a model, with the path that values.yaml has for it. */
export function problemAt(location: Location, message: string, details?: ProblemDetails): Problem {
  const { source, path } = location;
  return source.problem(path, message, { path: valuePath(path), ...details });
}

/** `properties.worker.properties.replicas.default` of a model as `worker.replicas.default`. */
export function valuePath(path: DataPath): string {
  const isName = path.map(() => false);
  path.forEach((key, index) => {
    if (key === 'properties' && isName[index] === false) isName[index + 1] = true;
  });
  return path.filter((key, index) => key !== 'properties' || isName[index]).join('.');
}
