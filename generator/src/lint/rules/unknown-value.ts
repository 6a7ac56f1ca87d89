import { didYouMean } from '../../nearest.ts';
import { positionAt } from '../../render/position.ts';
import { dataFile } from '../values/values-file.ts';
import type { LintedChart } from '../chart.ts';
import type { Severity } from '../finding.ts';
import type { Observation, Rule } from '../rule.ts';
import { formatValuePath } from '../values/known.ts';
import { namesBelow, unknownParts, type UnknownPart } from '../values/known-values.ts';
import type { Read } from '../values/trace.ts';
import { isLibrary, templateRunOf } from '../values/value-uses.ts';

/** A value that templates read and the chart does not know. */
interface UnknownValue extends UnknownPart {
  /** In one file. */
  reads: Read[];
}

/** A value that a template reads and that stands neither in values.yaml nor in the schema. */
export const unknownValue: Rule = {
  id: 'unknown-value',
  severity: 'warning',
  summary:
    'A template reads a value that neither values.yaml nor values.schema.json has. An error where the schema refuses the value, advice where the template provides for its absence.',
  reason:
    'Most often it is misspelt, so that what operators set has no effect; else nobody learns that it can be set.',
  remedy: 'Mend the name, or list the value in values.yaml and in values.schema.json.',
  source: 'https://helm.sh/docs/chart_best_practices/values/#document-valuesyaml',
  chart(chart) {
    // Values that cannot be read are told by Helm.
    const isUnread = chart.files.has('values.yaml') && !dataFile(chart, 'values.yaml');
    if (isUnread || isLibrary(chart) || templateRunOf(chart).trace.isOpaque) return [];
    return unknownValues(chart).map((unknown) => describe(chart, unknown));
  },
};

function unknownValues(chart: LintedChart): UnknownValue[] {
  const unknownPart = unknownParts(chart);
  const found = new Map<string, UnknownValue>();
  for (const read of templateRunOf(chart).trace.reads) {
    const { file, path, isCertain } = read;
    const unknown = isCertain && file.startsWith('templates/') ? unknownPart(path) : undefined;
    if (!unknown) continue;
    const key = JSON.stringify([file, unknown.path]);
    const known = found.get(key) ?? { ...unknown, reads: [] };
    known.reads.push(read);
    found.set(key, known);
  }
  return [...found.values()];
}

function describe(chart: LintedChart, { path, isRefused, reads }: UnknownValue): Observation {
  const [first] = reads.toSorted((a, b) => a.offset - b.offset);
  const { file = '', offset = 0 } = first ?? {};
  const isOptional = reads.some(({ isTest }) => isTest);
  const hint = didYouMean(path.at(-1) ?? '', namesBelow(chart, path.slice(0, -1)));
  return {
    message: messageOf(chart, `.Values.${formatValuePath(path)}`, isRefused),
    severity: severityOf(isRefused, isOptional),
    place: {
      file,
      ...positionAt(chart.files.get(file) ?? '', offset),
      path: formatValuePath(path),
    },
    ...(hint !== undefined && { hint }),
  };
}

function messageOf(chart: LintedChart, name: string, isRefused: boolean): string {
  if (isRefused) return `${name} can never be set: values.schema.json does not admit it`;
  return chart.files.has('values.schema.json')
    ? `${name} is neither in values.yaml nor in values.schema.json`
    : `${name} is not in values.yaml`;
}

function severityOf(isRefused: boolean, isOptional: boolean): Severity {
  if (isRefused) return isOptional ? 'warning' : 'error';
  return isOptional ? 'info' : 'warning';
}
