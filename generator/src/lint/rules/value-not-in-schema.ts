import { isObject } from '../../model/json.ts';
import type { Json } from '../../model/types.ts';
import type { Rule } from '../rule.ts';
import { foreignValues } from '../values/foreign-values.ts';
import { formatValuePath } from '../values/known.ts';
import { verdictOn } from '../values/schema.ts';
import { describedValues } from '../values/schema-values.ts';
import { startsWith } from '../values/value-uses.ts';
import { dataFile } from '../values/values-file.ts';

type Path = readonly string[];

/** A key of values.yaml that the schema does not describe beside others that it does. */
export const valueNotInSchema: Rule = {
  id: 'value-not-in-schema',
  severity: 'warning',
  summary: 'values.schema.json does not describe a value that values.yaml has.',
  reason: 'Helm then takes any text, number or list for it, and a misspelt name beside it.',
  remedy: 'Describe the value in values.schema.json.',
  source: 'https://helm.sh/docs/topics/charts/#schema-files',
  chart(chart) {
    const values = dataFile(chart, 'values.yaml');
    const schema = dataFile(chart, 'values.schema.json')?.data;
    if (!values || !schema) return [];
    const { given } = foreignValues(chart);
    // A schema that names nothing here leaves the values open on purpose.
    const named = new Set(
      describedValues(schema).map(({ path }) => JSON.stringify(path.slice(0, -1))),
    );
    const isMissing = (path: Path) =>
      named.has(JSON.stringify(path.slice(0, -1))) &&
      verdictOn(schema, path) === 'admitted' &&
      !given.some((other) => startsWith(path, other) || startsWith(other, path));
    return missingBelow(values.data, [], isMissing).map((path) => ({
      message: `values.schema.json does not describe ${formatValuePath(path)}`,
      place: values.placeOf(path),
    }));
  },
};

/** The topmost ones. */
function missingBelow(value: Json, path: Path, isMissing: (path: Path) => boolean): Path[] {
  if (path.length > 0 && isMissing(path)) return [path];
  return Object.entries(isObject(value) ? value : {}).flatMap(([key, entry]) =>
    missingBelow(entry, [...path, key], isMissing),
  );
}
