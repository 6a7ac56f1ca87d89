import { isObject, own } from '../../model/json.ts';
import type { Json } from '../../model/types.ts';
import type { Rule } from '../rule.ts';
import { commentedKeys } from '../values/known-values.ts';
import { foreignValues } from '../values/foreign-values.ts';
import { formatValuePath } from '../values/known.ts';
import { describedValues, type DescribedValue } from '../values/schema-values.ts';
import { startsWith, templateRunOf } from '../values/value-uses.ts';
import { dataFile, schemaPath } from '../values/values-file.ts';

/** A value that the schema describes and values.yaml does not list. */
export const schemaValueWithoutDefault: Rule = {
  id: 'schema-value-without-default',
  severity: 'info',
  summary: 'values.schema.json describes a value that values.yaml does not list.',
  reason: 'Operators read values.yaml and `helm show values` to learn what can be set.',
  remedy: 'List the value in values.yaml, with its default or in a comment.',
  source: 'https://helm.sh/docs/chart_best_practices/values/#document-valuesyaml',
  chart(chart) {
    const values = dataFile(chart, 'values.yaml');
    const schema = dataFile(chart, 'values.schema.json');
    if (!values || !schema) return [];
    const commented = commentedKeys(chart.files.get('values.yaml') ?? '');
    const { given } = foreignValues(chart);
    const { reads } = templateRunOf(chart).trace;
    return (
      describedValues(schema.data)
        .filter((value) => isExpected(value) && isUnlisted(values.data, value.path))
        // What templates hand on as a whole need not be spelt out.
        .filter(({ path }) => reads.some((read) => startsWith(read.path, path)))
        .filter(({ path }) => !commented.has(path.at(-1) ?? ''))
        .filter(({ path }) => !given.some((other) => startsWith(path, other)))
        .map(({ path }) => ({
          message: `values.schema.json describes ${formatValuePath(path)}, which values.yaml does not list`,
          place: schema.placeOf(schemaPath(path)),
        }))
    );
  },
};

/** What has to be set by the operator has no default, and what is deprecated is better not shown. */
function isExpected({ isRequired, isDeprecated }: DescribedValue): boolean {
  return !isRequired && !isDeprecated;
}

/** Whether a map that lists other values lacks the one of a path. */
function isUnlisted(values: Record<string, Json>, path: readonly string[]): boolean {
  const parent = path
    .slice(0, -1)
    .reduce<Json | undefined>(
      (value, key) => (isObject(value) ? own(value, key) : undefined),
      values,
    );
  const hasOthers = isObject(parent) && (path.length === 1 || Object.keys(parent).length > 0);
  return hasOthers && own(parent, path.at(-1) ?? '') === undefined;
}
