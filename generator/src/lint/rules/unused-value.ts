import { isObject } from '../../model/json.ts';
import type { Json } from '../../model/types.ts';
import type { LintedChart } from '../chart.ts';
import type { Rule } from '../rule.ts';
import { foreignValues } from '../values/foreign-values.ts';
import { formatValuePath, type ValuePath } from '../values/known.ts';
import { describedValues } from '../values/schema-values.ts';
import { isLibrary, startsWith, templateRunOf } from '../values/value-uses.ts';
import { dataFile, schemaPath } from '../values/values-file.ts';

type Path = readonly string[];

/** A value of values.yaml or of the schema that no template reads. */
export const unusedValue: Rule = {
  id: 'unused-value',
  severity: 'warning',
  summary: 'No template uses a value of values.yaml or values.schema.json.',
  reason: 'Operators set it and nothing happens.',
  remedy: 'Use the value in a template, or remove it.',
  chart(chart) {
    if (isLibrary(chart) || templateRunOf(chart).trace.isOpaque) return [];
    const isUsed = usesOf(chart);
    const values = dataFile(chart, 'values.yaml');
    const schema = dataFile(chart, 'values.schema.json');
    const unused = values ? unusedBelow(values.data, [], isUsed) : [];
    const described = schema ? describedValues(schema.data) : [];
    const alsoUnused = described.filter(
      ({ path, isLeaf }) =>
        isLeaf && !isUsed(path) && !unused.some((other) => startsWith(path, other)),
    );
    return [
      ...unused.map((path) => ({
        message: `no template uses ${formatValuePath(path)}`,
        ...(values && { place: values.placeOf(path) }),
      })),
      ...alsoUnused.map(({ path }) => ({
        message: `no template uses ${formatValuePath(path)}`,
        ...(schema && { place: schema.placeOf(schemaPath(path)) }),
      })),
    ];
  },
};

function usesOf(chart: LintedChart): (path: Path) => boolean {
  const { reads, consumed } = templateRunOf(chart).trace;
  const { used } = foreignValues(chart);
  const whole = distinct([...consumed, ...used]);
  const read = distinct([...reads.map(({ path }) => path), ...used]);
  return (path) =>
    whole.some((other) => startsWith(path, other)) || read.some((other) => startsWith(other, path));
}

function distinct(paths: readonly ValuePath[]): ValuePath[] {
  return [...new Map(paths.map((path) => [JSON.stringify(path), path])).values()];
}

/** What is not used; a map none of whose values is used as one. */
function unusedBelow(value: Json, path: Path, isUsed: (path: Path) => boolean): Path[] {
  const entries = isObject(value) ? Object.entries(value) : [];
  if (entries.length === 0) return path.length === 0 || isUsed(path) ? [] : [path];
  const found = entries.map(([key, entry]) => unusedBelow(entry, [...path, key], isUsed));
  const isUnused = found.every(([first]) => first?.length === path.length + 1);
  return isUnused && path.length > 0 ? [path] : found.flat();
}
