import { isMapping } from '../json-object.ts';
import type { Json } from '../model/types.ts';

/**
 * What a field of Chart.yaml holds: `keptText` is written though it is empty, a record is the fields
 * of an object in a list.
 */
export type Shape =
  'text' | 'keptText' | 'flag' | 'texts' | 'textMap' | 'imports' | { list: Record<string, Shape> };
export type Fields = Record<string, Shape>;

/** A field of Chart.yaml that Helm could not load. */
export class ShapeError extends Error {
  override readonly name = 'ShapeError';
  readonly path: string;

  constructor(path: string, expected: string) {
    super(`expected ${expected}`);
    this.path = path;
  }
}

/** The fields of Chart.yaml that Helm knows: pkg/chart/v2/metadata.go and dependency.go. */
export const METADATA_FIELDS: Fields = {
  annotations: 'textMap',
  apiVersion: 'text',
  appVersion: 'text',
  condition: 'text',
  dependencies: {
    list: {
      alias: 'text',
      condition: 'text',
      enabled: 'flag',
      'import-values': 'imports',
      name: 'keptText',
      repository: 'keptText',
      tags: 'texts',
      version: 'text',
    },
  },
  deprecated: 'flag',
  description: 'text',
  home: 'text',
  icon: 'text',
  keywords: 'texts',
  kubeVersion: 'text',
  maintainers: { list: { email: 'text', name: 'text', url: 'text' } },
  name: 'text',
  sources: 'texts',
  tags: 'text',
  type: 'text',
  version: 'text',
};

const ALIAS = /^[a-zA-Z0-9_-]+$/;

/** Does Helm take it as another name of a dependency (pkg/chart/v2/dependency.go)? */
export function isAlias(text: string): boolean {
  return ALIAS.test(text);
}

/** Helm turns numbers and booleans into text where it wants text; numbers are text here already. */
function text(value: unknown, path: string): string {
  if (value == null) return '';
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return String(value);
  throw new ShapeError(path, 'text');
}

function items<T>(value: unknown, path: string, read: (item: unknown, path: string) => T): T[] {
  if (value == null) return [];
  if (!Array.isArray(value)) throw new ShapeError(path, 'a list');
  return value.map((item, index) => read(item, `${path}[${index}]`));
}

function entries(value: unknown, path: string): [key: string, value: unknown][] {
  if (value == null) return [];
  if (!isMapping(value)) throw new ShapeError(path, 'a mapping');
  return Object.entries(value);
}

function textMap(value: unknown, path: string): Record<string, Json> {
  return Object.fromEntries(
    entries(value, path).map(([key, item]) => [key, text(item, `${path}.${key}`)]),
  );
}

function read(value: unknown, shape: Shape, path: string): Json {
  switch (shape) {
    case 'text':
    case 'keptText':
      return text(value, path);
    case 'flag':
      if (value == null || typeof value === 'boolean') return value ?? false;
      throw new ShapeError(path, 'true or false');
    case 'texts':
      return items(value, path, text);
    case 'textMap':
      return textMap(value, path);
    case 'imports':
      return items(value, path, (item, at) =>
        isMapping(item) ? textMap(item, at) : text(item, at),
      );
    default:
      return items(value, path, (item, at) => {
        if (!isMapping(item)) throw new ShapeError(at, 'a mapping');
        return readFields(item, shape.list, at);
      });
  }
}

function isEmpty(value: Json): boolean {
  return (
    value === '' ||
    value === false ||
    (typeof value === 'object' && Object.keys(value ?? {}).length === 0)
  );
}

/**
 * The known fields of an object in Helm's types, sorted, empty ones left out, as Helm writes them
 * into an index; unknown ones are left out because Helm refuses an index that holds them.
 * @throws ShapeError
 */
export function readFields(
  source: Record<string, unknown>,
  fields: Fields,
  path = '',
): Record<string, Json> {
  const result: Record<string, Json> = {};
  for (const [name, shape] of Object.entries(fields)) {
    const given = Object.hasOwn(source, name) ? source[name] : undefined;
    const value = read(given, shape, path === '' ? name : `${path}.${name}`);
    if (shape === 'keptText' || !isEmpty(value)) result[name] = value;
  }
  return result;
}
