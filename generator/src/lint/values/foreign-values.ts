import { isObject } from '../../model/json.ts';
import type { Json } from '../../model/types.ts';
import type { LintedChart } from '../chart.ts';
import type { ValuePath } from './known.ts';
import { dataFile } from './values-file.ts';

/** What of a chart's values is not for its own templates alone. */
export interface ForeignValues {
  /** Values that Helm or subcharts use. */
  used: readonly ValuePath[];
  /** Values that come from elsewhere. */
  given: readonly ValuePath[];
  /** Whether a subchart may give any value (`import-values: [name]`). */
  isOpen: boolean;
}

/** What Chart.yaml says of values (https://helm.sh/docs/topics/charts/#chart-dependencies). */
export function foreignValues(chart: LintedChart): ForeignValues {
  // Charts of `apiVersion: v1` list them in a file of its own.
  const listed = ['Chart.yaml', 'requirements.yaml'].flatMap((file) =>
    listOf(dataFile(chart, file)?.data.dependencies).filter(isObject),
  );
  const named = listed.flatMap(({ name, alias }) => [name, alias].filter(isText));
  const shared = [...new Set(['global', 'tags', ...named, ...vendored(chart)])].map((key) => [key]);
  const imports = listed.flatMap((dependency) => listOf(dependency['import-values']));
  return {
    used: [...shared, ...listed.flatMap(({ condition }) => conditionPaths(condition))],
    given: [...shared, ...imports.flatMap(parentPath)],
    isOpen: imports.some(isText),
  };
}

/** Subcharts are there without being listed too. */
function vendored({ files }: LintedChart): string[] {
  return [...files.keys()].flatMap((file) => /^charts\/([^/]+)\//.exec(file)?.[1] ?? []);
}

function conditionPaths(condition: Json | undefined): string[][] {
  if (!isText(condition)) return [];
  return condition.split(',').map((path) => path.trim().split('.'));
}

function parentPath(entry: Json): string[][] {
  return isObject(entry) && isText(entry.parent) ? [entry.parent.split('.')] : [];
}

function listOf(value: Json | undefined): Json[] {
  return Array.isArray(value) ? value : [];
}

function isText(value: Json | undefined): value is string {
  return typeof value === 'string';
}
