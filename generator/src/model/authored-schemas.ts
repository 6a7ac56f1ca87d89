import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Problem } from '../errors.ts';
import { explainErrors } from './explain.ts';
import { isObject } from './json.ts';
import { valuePath } from './locations.ts';
import type { Json } from './types.ts';
import type { YamlSource } from './yaml-source.ts';

const KINDS = ['catalog', 'chart', 'fragment', 'line', 'lint', 'model', 'rules'] as const;

/** Kinds of authored files; each has a schema in `schemas/<kind>.schema.json`. */
export type AuthoredKind = (typeof KINDS)[number];

/** The schemas of all kinds, and where in their files each part stands. */
interface AuthoredSchemas {
  ajv: Ajv2020;
  pointers: ReadonlyMap<unknown, string>;
}

const FOLDER = new URL('../../../schemas/', import.meta.url);

let loaded: AuthoredSchemas | undefined;

function load(): AuthoredSchemas {
  const pointers = new Map<unknown, string>();
  const note = (schema: Json, pointer: string) => {
    if (!isObject(schema)) return;
    pointers.set(schema, pointer);
    for (const [key, part] of Object.entries(schema)) note(part, `${pointer}/${key}`);
  };
  const ajv = new Ajv2020({
    allErrors: true,
    verbose: true,
    allowUnionTypes: true,
    code: { optimize: false },
  });
  for (const kind of KINDS) {
    const file = `${kind}.schema.json`;
    const schema = JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8')) as Record<string, Json>;
    note(schema, `schemas/${file}#`);
    ajv.addSchema(schema);
  }
  return { ajv, pointers };
}

/** Checks an authored file against its schema. @returns true when `problems` gained none. */
export function checkAuthored(
  kind: AuthoredKind,
  source: YamlSource,
  problems: Problem[],
): boolean {
  loaded ??= load();
  const validate = loaded.ajv.getSchema(`${kind}.schema.json`);
  if (!validate) throw new Error(`schemas/${kind}.schema.json has another $id`);
  if (validate(source.data) === true) return true;
  const isModel = kind === 'model' || kind === 'fragment';
  const explained = explainErrors(validate.errors ?? [], isModel ? 'keyword' : 'key', (path) =>
    source.written(path),
  );
  for (const { path, at, message, hint, schema } of explained) {
    // The message names a wrong key, the path says what it was written for.
    const parent = at === 'key' ? path.slice(0, -1) : path;
    const rule = loaded.pointers.get(schema);
    problems.push(
      source.problem(path, message, {
        at,
        path: isModel ? valuePath(parent) : parent.join('.'),
        ...(rule === undefined ? {} : { rule }),
        ...(hint === undefined ? {} : { hint }),
      }),
    );
  }
  return false;
}
