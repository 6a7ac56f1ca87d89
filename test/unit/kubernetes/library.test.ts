import { readFileSync } from 'node:fs';
import { glob } from 'node:fs/promises';
import { describe, expect, it, test } from 'vitest';
import { readLibrary } from '../../../generator/src/kubernetes/library.ts';
import { patternOf } from '../../../generator/src/kubernetes/pattern.ts';
import type { Definition, Kind, Schema } from '../../../generator/src/kubernetes/schema.ts';
import { isWithin } from '../../../generator/src/kubernetes/versions.ts';
import { endsSoon } from '../../support/ends-soon.ts';

const DIRECTORY = 'schemas/kubernetes';
const library = readLibrary();
const { minors } = library;
const kinds = [...library.kinds.values()];

const PROJECTS: string[] = [];
for await (const file of glob('*.json', { cwd: `${DIRECTORY}/custom-resources` }))
  PROJECTS.push(file.replace('.json', ''));

function definitionsIn(file: string): Definition[] {
  const text = readFileSync(`${DIRECTORY}/${file}`, 'utf8');
  return (JSON.parse(text) as { definitions: Definition[] }).definitions;
}

/** A schema and all schemas in it. */
function partsOf(schema: Schema): Schema[] {
  const { properties = {}, items, additionalProperties, allOf, anyOf, oneOf, not } = schema;
  const parts = [items, additionalProperties, not, ...(allOf ?? []), ...(anyOf ?? [])];
  return [schema, ...[...parts, ...(oneOf ?? []), ...Object.values(properties)].flatMap(inner)];
}

function inner(part: boolean | Schema | undefined): Schema[] {
  return typeof part === 'object' ? partsOf(part) : [];
}

describe.each([
  'kinds.json',
  'api.json',
  ...PROJECTS.map((name) => `custom-resources/${name}.json`),
])('%s', (file) => {
  const text = readFileSync(`${DIRECTORY}/${file}`, 'utf8');

  it('names its origin and has one entry a line', () => {
    const [head = '', ...lines] = text.split('\n');
    expect(head).toMatch(/Made by scripts\/kubernetes-schemas\.ts from \S+ v\d+\.\d+\.\d+[,."]/);
    expect(lines.splice(-2)).toEqual([']}', '']);
    expect(lines.length).toBeGreaterThan(10);
    for (const line of lines)
      expect(() => JSON.parse(line.replace(/,$/, '')) as unknown).not.toThrow();
  });

  it('says nothing that nobody checks', () => {
    expect(text).not.toMatch(/"(?:description|default|x-kubernetes-validations)":(?!\{)/);
  });
});

test('the definitions of Kubernetes are sorted, and stand once', () => {
  const definitions = definitionsIn('api.json');
  const keys = definitions.map(({ name, since = '' }) => `${name} ${since}`);
  expect(keys).toEqual([...new Set(keys)]);
  expect(definitions.map(({ name }) => name)).toEqual(
    definitions.map(({ name }) => name).toSorted(),
  );
  for (const [index, { name, since, schema }] of definitions.entries()) {
    const previous = definitions[index - 1];
    if (
      previous?.name !== name ||
      minors.indexOf(previous.until ?? '') + 1 !== minors.indexOf(since ?? '')
    )
      continue;
    expect(previous.schema, `${name} is the same before ${String(since)}`).not.toEqual(schema);
  }
});

test.each(PROJECTS)(
  'the definitions of %s are sorted, and what is repeated stands once',
  (project) => {
    const definitions = definitionsIn(`custom-resources/${project}.json`);
    const names = definitions.map(({ name }) => name);
    expect(names).toEqual([...new Set(names)].toSorted());
    const repeated = new Map<string, number>();
    for (const { schema } of definitions)
      for (const { properties } of partsOf(schema)) {
        const text = JSON.stringify(properties ?? '');
        if (text.length > 300) repeated.set(text, (repeated.get(text) ?? 0) + 1);
      }
    // The same fields may be in two that differ in what they require.
    for (const [text, times] of repeated) expect(times, text).toBeLessThan(4);
  },
);

test.each(minors)('every definition that %s needs is there', (minor) => {
  const builtIn = library.builtIn(minor);
  const missing = [...builtIn.values()]
    .flatMap(partsOf)
    .filter(({ $ref }) => $ref !== undefined && !builtIn.has($ref));
  expect(missing).toEqual([]);
  expect(builtIn.has('meta.v1.ObjectMeta')).toBe(true);
  const served = kinds.filter(
    (kind) => kind.schema !== undefined && kind.project === undefined && isWithin(minor, kind),
  );
  expect(served.length).toBeGreaterThan(150);
  expect(served.filter(({ schema = '' }) => !builtIn.has(schema))).toEqual([]);
});

test.each(PROJECTS)('every definition that %s needs is there', (project) => {
  const custom = library.custom(project);
  const missing = [...custom.values()]
    .flatMap(partsOf)
    .filter(({ $ref }) => $ref !== undefined && !custom.has($ref));
  expect(missing).toEqual([]);
  const ours = kinds.filter((kind) => kind.project === project);
  expect(ours.length).toBeGreaterThan(5);
  expect(ours.filter(({ schema = '' }) => !custom.has(schema))).toEqual([]);
});

test('the kinds are sorted, and served at some time', () => {
  const keys = [...library.kinds.keys()];
  expect(keys).toEqual(keys.toSorted());
  const gone = kinds.filter((kind) => kind.schema === undefined);
  expect(gone.filter(({ removed }) => removed === undefined)).toEqual([]);
  expect(gone.every(({ removed }) => typeof removed === 'string')).toBe(true);
});

test('no version serves what was removed by then', () => {
  const contradicting = kinds.flatMap((kind: Kind) =>
    minors.filter(
      (minor) =>
        kind.schema !== undefined &&
        typeof kind.removed === 'string' &&
        isWithin(minor, kind) &&
        isWithin(minor, { since: kind.removed }),
    ),
  );
  expect(contradicting).toEqual([]);
});

test('every pattern and keyword can be used', () => {
  const schemas = ['api.json', ...PROJECTS.map((name) => `custom-resources/${name}.json`)]
    .flatMap(definitionsIn)
    .flatMap(({ schema }) => partsOf(schema));
  const patterns = schemas.flatMap(({ pattern }) => pattern ?? []);
  expect(patterns.length).toBeGreaterThan(50);
  expect(patterns.filter((pattern) => patternOf(pattern) === undefined)).toEqual([]);
  const types = new Set(schemas.flatMap(({ type }) => type ?? []));
  expect([...types].toSorted()).toEqual([
    'array',
    'boolean',
    'integer',
    'number',
    'object',
    'string',
  ]);
  const formats = new Set(schemas.flatMap(({ format }) => format ?? []));
  expect([...formats].toSorted()).toEqual([
    'byte',
    'date-time',
    'int32',
    'ipv4',
    'ipv6',
    'quantity',
  ]);
});

test('no known pattern takes long, whatever the text', () => {
  const patterns = new Set(
    PROJECTS.flatMap((name) => definitionsIn(`custom-resources/${name}.json`))
      .flatMap(({ schema }) => partsOf(schema))
      .flatMap(({ pattern }) => pattern ?? []),
  );
  const texts = ['a', '1', '-', 'a-', 'a.', '1h', '/a', 'A_', ' '].map(
    (part) => `${part.repeat(200)}!`,
  );
  for (const pattern of patterns)
    endsSoon(() => texts.some((text) => patternOf(pattern)?.test(text)));
});
