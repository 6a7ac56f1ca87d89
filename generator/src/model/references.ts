import type { Problem } from '../errors.ts';
import { didYouMean } from '../nearest.ts';
import { isObject, omit, own } from './json.ts';
import { below, nodeAt, problemAt } from './locations.ts';
import type { LocatedNode, Location } from './locations.ts';
import { layDefault, mergeNodes } from './merge.ts';
import { mapSubschemas } from './subschemas.ts';
import type { SchemaNode } from './schema-node.ts';
import type { YamlSource } from './yaml-source.ts';

/** A node as it is written, references and all. */
export type AuthoredNode = SchemaNode & { $ref?: string; $defs?: Record<string, SchemaNode> };

/** The files of charts-src/model by `model/<file>.yaml`; undefined for those with mistakes. */
export type Fragments = ReadonlyMap<string, YamlSource | undefined>;

/** More nodes than any model has; fragments that double each other would never end. */
const MOST_NODES = 10_000;

/** Takes over what `$ref` refers to. */
export class ReferenceResolver {
  readonly #fragments: Fragments;
  readonly #problems: Problem[];
  /** Circles that have been reported; each is met from every reference in it. */
  readonly #circles = new Set<string>();
  #nodes = 0;
  #failures = 0;

  /** @param problems gains an entry for each reference that leads nowhere or in a circle. */
  constructor(fragments: Fragments, problems: Problem[]) {
    this.#fragments = fragments;
    this.#problems = problems;
  }

  /** The node with all references taken over; undefined where one of them cannot be. */
  resolve(node: AuthoredNode, location: Location): LocatedNode | undefined {
    this.#nodes = 0;
    const before = this.#failures;
    const resolved = this.#resolve(node, location, [nameOf(location)]);
    return this.#failures === before ? resolved : undefined;
  }

  /** @param trail the references that lead here, to notice when one comes back. */
  #resolve(node: AuthoredNode, location: Location, trail: readonly string[]): LocatedNode {
    this.#nodes += 1;
    if (this.#nodes > MOST_NODES) {
      if (this.#nodes === MOST_NODES + 1)
        this.#report(location, 'the model grows too large by its references');
      return nodeAt(location);
    }
    const { $ref, default: value } = node;
    const keywords = omit(node, '$ref', '$defs', 'default');
    const written = mapSubschemas(keywords, (child, place) =>
      this.#resolve(child, below(location, ...place), trail),
    );
    const here: LocatedNode = { ...written, ...nodeAt(location) };
    const base = $ref === undefined ? undefined : this.#target($ref, location, trail);
    const merged = base ? mergeNodes(base, here) : here;
    if (value === undefined) return merged;
    return layDefault(merged, value, below(location, 'default'));
  }

  #target($ref: string, from: Location, trail: readonly string[]): LocatedNode | undefined {
    const location = below(from, '$ref');
    const [file = '', name] = $ref.split('#/$defs/');
    const source = file === '' ? from.source : this.#fragments.get(file);
    if (!source) {
      this.#failures += 1;
      if (this.#fragments.has(file)) return undefined;
      this.#report(location, `there is no ${file}`, didYouMean(file, this.#fragments.keys()));
      return;
    }
    const target = { source, path: name === undefined ? [] : ['$defs', name] };
    const found = nodeIn(source, name);
    if (!found) {
      const hint = didYouMean(name ?? '', definitionNames(source));
      this.#report(location, `${source.file} has no "${name ?? ''}" under $defs`, hint);
      return;
    }
    const id = nameOf(target);
    if (!trail.includes(id)) return this.#resolve(found, target, [...trail, id]);
    const circle = trail.slice(trail.indexOf(id));
    const key = circle.toSorted().join();
    this.#failures += 1;
    if (this.#circles.has(key)) return undefined;
    this.#circles.add(key);
    this.#report(location, `references run in a circle: ${[...circle, id].join(' → ')}`);
  }

  #report(location: Location, message: string, hint?: string): undefined {
    this.#failures += 1;
    this.#problems.push(problemAt(location, message, hint === undefined ? {} : { hint }));
    return undefined;
  }
}

/** How messages call a fragment: `charts-src/model/image.yaml#/$defs/tag`. */
function nameOf({ source, path }: Location): string {
  return path.length === 0 ? source.file : `${source.file}#/${path.join('/')}`;
}

function nodeIn({ data }: YamlSource, name: string | undefined): AuthoredNode | undefined {
  if (!isObject(data)) return undefined;
  const node = name === undefined ? data : isObject(data.$defs) && own(data.$defs, name);
  return node ? (node as AuthoredNode) : undefined;
}

/** Names of the fragments under `$defs` of a file. */
export function definitionNames({ data }: YamlSource): string[] {
  return isObject(data) && isObject(data.$defs) ? Object.keys(data.$defs) : [];
}
