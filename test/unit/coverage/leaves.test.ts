import { expect, test } from 'vitest';
import { valueLeaves } from '../../../generator/src/coverage/leaves.ts';
import { UserError } from '../../../generator/src/errors.ts';
import { endsSoon } from '../../support/ends-soon.ts';

function leaves(values: string, schema?: object): string[] {
  const files = new Map([['values.yaml', values]]);
  if (schema) files.set('values.schema.json', JSON.stringify(schema));
  return valueLeaves(files).map(
    ({ path, file, line }) => `${path.join('/')} ${file}${line === undefined ? '' : `:${line}`}`,
  );
}

test('without a schema: all that values.yaml ends in, with its line', () => {
  const values = `# Comment
image:
  tag: ""
  digest: null
labels: {}
base: &base
  a: 1
copy:
  <<: *base
  b: 2
ports:
  - 80
`;
  expect(leaves(values)).toEqual([
    'image/tag values.yaml:3',
    'image/digest values.yaml:4',
    'labels values.yaml:5',
    'base/a values.yaml:7',
    // Merged from elsewhere: the line where that is said.
    'copy/a values.yaml:9',
    'copy/b values.yaml:10',
    'ports values.yaml:11',
  ]);
});

test('a map whose keys are free, and what may be null, is one value', () => {
  const schema = {
    properties: {
      labels: { type: 'object', additionalProperties: { type: 'string' } },
      conf: { type: 'object', patternProperties: { '^a': {} } },
      security: { allOf: [{ $ref: '#/definitions/context' }] },
      open: { type: 'object', additionalProperties: true },
      closed: { type: 'object', properties: { a: {} }, additionalProperties: { type: 'string' } },
    },
    definitions: { context: { type: ['object', 'null'], properties: { user: {} } } },
  };
  const values = `labels: { a: b }
conf: { a: b }
security: { user: 1 }
open: { a: b }
closed: { a: b }
`;
  expect(leaves(values, schema)).toEqual([
    'labels values.yaml:1',
    'conf values.yaml:2',
    'security values.yaml:3',
    'open/a values.yaml:4',
    'closed/a values.yaml:5',
  ]);
});

test('the schema adds what values.yaml does not have, but for the global values of Helm', () => {
  const schema = {
    properties: {
      image: { $ref: '#/$defs/image' },
      global: { type: 'object' },
      '__proto__/x': { type: 'string' },
      elsewhere: { $ref: 'https://example.com/a.json' },
      broken: { $ref: '#/$defs/none' },
    },
    $defs: {
      image: { type: 'object', properties: { tag: {}, 'a~b/c': { $ref: '#/$defs/a~0b~1c' } } },
      'a~b/c': { properties: { d: {} } },
    },
  };
  expect(leaves('image: { tag: a }\n', schema)).toEqual([
    'image/tag values.yaml:1',
    'image/a~b/c/d values.schema.json',
    '__proto__/x values.schema.json',
    'elsewhere values.schema.json',
    'broken values.schema.json',
  ]);
  expect(leaves('global: {}\n', schema)).toContain('global values.yaml:1');
});

test('a type that holds itself goes as deep as values.yaml does', () => {
  const schema = {
    properties: { tree: { $ref: '#/definitions/tree' } },
    definitions: {
      tree: { type: 'object', properties: { leaf: {}, tree: { $ref: '#/definitions/tree' } } },
    },
  };
  expect(leaves('', schema)).toEqual([
    'tree/leaf values.schema.json',
    'tree/tree values.schema.json',
  ]);
  expect(leaves('tree: { tree: { leaf: 1 } }\n', schema)).toContain('tree/tree/leaf values.yaml:1');
});

test('types that are shared by doubling numbers are read in no time', () => {
  const definitions: Record<string, object> = { d0: { type: 'string' } };
  for (let depth = 1; depth <= 40; depth += 1) {
    const type = { $ref: `#/definitions/d${depth - 1}` };
    definitions[`d${depth}`] = { type: 'object', properties: { a: type, b: type } };
  }
  const properties = { x: { $ref: '#/definitions/d40' }, y: { type: 'string' } };
  const found = endsSoon(() => leaves('x: 1\ny: 1\n', { properties, definitions }));
  // What values.yaml has is told all the same.
  expect(found).toContain('y values.yaml:2');
});

test('a chart without values has no leaves', () => {
  expect(valueLeaves(new Map())).toEqual([]);
  expect(leaves('# nothing\n')).toEqual([]);
  expect(leaves('[1, 2]\n', { properties: 1 })).toEqual([]);
});

test.each([
  ['values.yaml', 'a: [\n', '{}'],
  ['values.yaml', `a: &a [1]\n${'b: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\n'.repeat(1)}${bomb()}`, '{}'],
  ['values.schema.json', '', '{'],
])('%s that cannot be read is told', (file, values, schema) => {
  const read = () =>
    valueLeaves(
      new Map([
        ['values.yaml', values],
        ['values.schema.json', schema],
      ]),
    );
  expect(read).toThrow(UserError);
  expect(read).toThrow(file);
});

/** Aliases that expand to more than any chart holds. */
function bomb(): string {
  const lines = Array.from({ length: 9 }, (_, index) => {
    const before = index === 0 ? 'x' : `*k${index - 1}`;
    return `k${index}: &k${index} [${Array(9).fill(before).join(', ')}]`;
  });
  return `${lines.join('\n')}\n`;
}
