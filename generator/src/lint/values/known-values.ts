import { isObject, own } from '../../model/json.ts';
import type { Json } from '../../model/types.ts';
import type { LintedChart } from '../chart.ts';
import { foreignValues } from './foreign-values.ts';
import type { ValuePath } from './known.ts';
import { verdictOn } from './schema.ts';
import { describedValues } from './schema-values.ts';
import { startsWith, templateRunOf } from './value-uses.ts';
import { dataFile } from './values-file.ts';

/** The topmost part of a path that a chart does not know. */
export interface UnknownPart {
  path: ValuePath;
  /** Whether the schema says that there can be no such value. */
  isRefused: boolean;
}

/** What a chart does not know of a path, by its defaults, its schema, its comments or otherwise. */
export function unknownParts(chart: LintedChart): (path: ValuePath) => UnknownPart | undefined {
  const values = dataFile(chart, 'values.yaml')?.data ?? {};
  const schema = dataFile(chart, 'values.schema.json')?.data;
  const { given, isOpen } = foreignValues(chart);
  const { written } = templateRunOf(chart).trace;
  const elsewhere = [...given, ...written];
  const commented = commentedKeys(chart.files.get('values.yaml') ?? '');
  return (whole) => {
    if (isOpen || elsewhere.some((other) => startsWith(whole, other) || startsWith(other, whole)))
      return undefined;
    for (const [index, key] of whole.entries()) {
      const path = whole.slice(0, index + 1);
      const verdict = schema ? verdictOn(schema, path) : 'admitted';
      if (verdict === 'refused') return { path, isRefused: true };
      if (verdict === 'described' || isListed(values, path)) continue;
      // What a comment shows is a value with all below it.
      return commented.has(key ?? '') ? undefined : { path, isRefused: false };
    }
    return undefined;
  };
}

/** Names of the values right below one, by its defaults and its schema. */
export function namesBelow(chart: LintedChart, parent: ValuePath): string[] {
  const values = dataFile(chart, 'values.yaml')?.data ?? {};
  const schema = dataFile(chart, 'values.schema.json')?.data ?? {};
  const node = parent.reduce<Json | undefined>(
    (value, key) => (isObject(value) && key !== null ? own(value, key) : undefined),
    values,
  );
  const described = describedValues(schema).flatMap(({ path }) =>
    path.length === parent.length + 1 && startsWith(path, parent) ? (path.at(-1) ?? []) : [],
  );
  return [...new Set([...(isObject(node) ? Object.keys(node) : []), ...described])];
}

/** `# key:` in values.yaml: optional values are documented so. */
export function commentedKeys(text: string): Set<string> {
  return new Set(
    [...text.matchAll(/^[ \t]*#[# \t-]*(["']?)([\w./-]+)\1:/gm)].map((match) => match[2] ?? ''),
  );
}

/** What is empty, a list or no map at all by default may hold anything. */
function isListed(values: Record<string, Json>, [key, ...rest]: ValuePath): boolean {
  if (key === undefined || key === null) return true;
  const value = own(values, key);
  if (value === undefined) return false;
  return !isObject(value) || Object.keys(value).length === 0 || isListed(value, rest);
}
