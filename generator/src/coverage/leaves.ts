import { UserError } from '../errors.ts';
import { MOST_STEPS } from '../lint/values/schema-values.ts';
import { isObject, own } from '../model/json.ts';
import type { Json } from '../model/types.ts';
import { valueInMaps } from './overrides.ts';
import { schemaKeys, type SchemaKeys } from './schema-keys.ts';
import { readYamlDocuments } from './yaml-file.ts';

/** A value of a chart that users set as a whole. */
export interface ValueLeaf {
  /** Keys down to it. */
  path: string[];
  /** `values.yaml`, or `values.schema.json` for what only the schema has. */
  file: string;
  /** In values.yaml, from 1. */
  line?: number;
}

const VALUES = 'values.yaml';
const SCHEMA = 'values.schema.json';

/**
 * The values of a chart, from its values.yaml and its values.schema.json: a list is one value, and
 * so is a map whose keys the schema leaves to the user.
 * @param files of the chart, by path in it.
 * @throws UserError `CHART_INVALID` for a file that is no YAML or no JSON.
 */
export function valueLeaves(files: ReadonlyMap<string, string>): ValueLeaf[] {
  const values = readYamlDocuments(VALUES, files.get(VALUES) ?? '')[0];
  const schema = schemaKeys(readSchema(files.get(SCHEMA)));
  return leafPaths(values?.data, schema, { stepsLeft: MOST_STEPS }).flatMap((path) => {
    if (values !== undefined && valueInMaps(values.data, path) !== undefined) {
      const { line = 1 } = values.problem(path, '', { at: 'key' });
      return [{ path, file: VALUES, line }];
    }
    // Helm hands `global` to every chart, so every schema has to admit it.
    return path.join('.') === 'global' ? [] : [{ path, file: SCHEMA }];
  });
}

function readSchema(text: string | undefined): Json | undefined {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UserError('CHART_INVALID', `${SCHEMA} is no JSON: ${reason}`, { cause: error });
  }
}

/**
 * Those of values.yaml in their order, then what only the schema has. What a schema names beyond
 * the most steps counts as one value with what it stands in.
 */
function leafPaths(
  value: Json | undefined,
  schema: SchemaKeys,
  walk: { stepsLeft: number },
): string[][] {
  const given = isObject(value) ? value : {};
  const named = walk.stepsLeft > 0 ? schema.names : [];
  walk.stepsLeft -= named.length;
  return [...new Set([...Object.keys(given), ...named])].flatMap((key) => {
    const keys = schema.at(key);
    const below = keys.isWhole ? [] : leafPaths(own(given, key), keys, walk);
    return below.length === 0 ? [[key]] : below.map((path) => [key, ...path]);
  });
}
