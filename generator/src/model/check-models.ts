import type { Problem } from '../errors.ts';
import { checkDefaults, compileValuesCheck } from './check-values.ts';
import type { ValuesCheck } from './check-values.ts';
import { defaultValues } from './defaults.ts';
import { applyLine } from './lines.ts';
import type { LocatedNode } from './locations.ts';
import type { Line } from './catalog.ts';
import type { Json } from './types.ts';

/** The values model of a chart on a Spark line: what it defaults to, and its check. */
export interface CheckedModel {
  line: string;
  defaults: Json;
  check: ValuesCheck;
}

/**
 * Checks what a model of all lines defaults to on each of them.
 * @returns the different models whose defaults fit; most lines have the same.
 */
export function checkModels(
  values: LocatedNode,
  lines: readonly Line[],
  problems: Problem[],
): CheckedModel[] {
  const known = new Set<string>();
  return lines.flatMap((line) => {
    const model = applyLine(values, line);
    const text = JSON.stringify(model);
    if (known.has(text)) return [];
    known.add(text);
    const check = compileValuesCheck(model);
    if (!checkDefaults(model, check, problems)) return [];
    return [{ line: line.line, defaults: defaultValues(model) ?? {}, check }];
  });
}
