import { readFileSync } from 'node:fs';
import type { Definition, Kind, Schema } from './schema.ts';
import { isWithin } from './versions.ts';

/** What schemas/kubernetes holds; definitions are read when they are first asked for. */
export interface Library {
  /** The minor versions whose API is known, the oldest first. */
  minors: readonly string[];
  /** By `<apiVersion> <kind>`. */
  kinds: ReadonlyMap<string, Kind>;
  /** The definitions of Kubernetes in a minor version by name. */
  builtIn: (minor: string) => ReadonlyMap<string, Schema>;
  /** The definitions of a project's custom resources by name. */
  custom: (project: string) => ReadonlyMap<string, Schema>;
}

const DIRECTORY = new URL('../../../schemas/kubernetes/', import.meta.url);

/** Where a kind stands in {@link Library.kinds}. */
export function kindKey(apiVersion: string, kind: string): string {
  return `${apiVersion} ${kind}`;
}

/** The schemas that come with the program, made by scripts/kubernetes-schemas.ts. */
export function readLibrary(): Library {
  const { minors, kinds } = read('kinds.json') as { minors: string[]; kinds: Kind[] };
  const definitions = once(() => (read('api.json') as { definitions: Definition[] }).definitions);
  return {
    minors,
    kinds: new Map(kinds.map((kind) => [kindKey(kind.apiVersion, kind.kind), kind])),
    builtIn: byName((minor) => definitions('').filter((definition) => isWithin(minor, definition))),
    custom: byName(
      (project) =>
        (read(`custom-resources/${project}.json`) as { definitions: Definition[] }).definitions,
    ),
  };
}

function read(file: string): unknown {
  return JSON.parse(readFileSync(new URL(file, DIRECTORY), 'utf8'));
}

function byName(definitionsOf: (key: string) => Definition[]) {
  return once((key) => new Map(definitionsOf(key).map(({ name, schema }) => [name, schema])));
}

/** Remembers what a function gives. */
function once<T>(make: (key: string) => T): (key: string) => T {
  const known = new Map<string, T>();
  return (key) => {
    const value = known.get(key) ?? make(key);
    known.set(key, value);
    return value;
  };
}
