import { expect, test } from 'vitest';
import { allSchemaErrors, readSchemaErrors } from '../../../generator/src/helm/schema-errors.ts';

const HEADLINE = "values don't meet the specifications of the schema(s) in the following chart(s):";

test('the list of helm lint, with details on further lines', () => {
  expect(
    readSchemaErrors("- at '/a': 'oneOf' failed, none matched\n  - at '/a': got null\n- at '': b"),
  ).toEqual([
    { path: ['a'], message: "at '/a': 'oneOf' failed, none matched\n  - at '/a': got null" },
    { path: [], message: "at '': b" },
  ]);
});

test('the lists of helm template, one a chart', () => {
  expect(readSchemaErrors(`${HEADLINE}\ndemo:\n- at '/a': b\nsub-chart:\n- at '/c': d\n`)).toEqual([
    { chart: 'demo', path: ['a'], message: "at '/a': b" },
    { chart: 'sub-chart', path: ['c'], message: "at '/c': d" },
  ]);
});

test('a key that the schema does not have is the place', () => {
  const message = "at '/image': additional properties 'tga' not allowed";
  expect(readSchemaErrors(`- ${message}`)).toEqual([{ path: ['image', 'tga'], message }]);
});

test('names with slashes and tildes', () => {
  expect(readSchemaErrors("- at '/a~1b/c~0d~01': e")?.[0]?.path).toEqual(['a/b', 'c~d~1']);
});

test.each(['', 'no schema at all', `${HEADLINE}\n`, "- at '/a': b\nError: c"])(
  'another message is not taken for one: %j',
  (message) => {
    expect(readSchemaErrors(message)).toBeUndefined();
  },
);

test('all errors of a chart name its subcharts only', () => {
  expect(allSchemaErrors(`${HEADLINE}\ndemo:\n- at '/a': b\nsub:\n- at '/c': d\n`, 'demo')).toEqual(
    [
      { path: ['a'], message: "at '/a': b" },
      { chart: 'sub', path: ['c'], message: "at '/c': d" },
    ],
  );
  expect(allSchemaErrors('the schema is none\n', 'demo')).toEqual([
    { path: [], message: 'the schema is none' },
  ]);
  expect(allSchemaErrors(`${HEADLINE}\ndemo:\nunexpected EOF\n`, 'demo')).toEqual([
    { path: [], message: 'unexpected EOF' },
  ]);
  expect(allSchemaErrors('', 'demo')).toEqual([]);
});
