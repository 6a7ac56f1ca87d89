import type { Problem } from '../errors.ts';
import type { AuthoredFiles } from './authored-files.ts';
import type { CheckedModel } from './check-models.ts';
import { explainErrors } from './explain.ts';
import { isObject } from './json.ts';
import type { SourceFile } from './catalog.ts';
import type { Json } from './types.ts';
import { parseYaml } from './yaml-source.ts';
import type { YamlSource } from './yaml-source.ts';

/**
 * The values of a chart's cases, `ci/*-values.yaml`; those that are rendered first are checked by
 * lint only. As people write values for Helm, they may have anchors and aliases.
 */
export function loadCases(files: AuthoredFiles, chartFiles: readonly SourceFile[]): YamlSource[] {
  return chartFiles
    .filter(({ target, rendered }) => !rendered && /^ci\/[^/]+-values\.yaml$/.test(target))
    .flatMap(({ source, content }) => {
      const file = files.named(source);
      return parseYaml(file, content, files.problems, { aliases: true }) ?? [];
    });
}

/**
 * Checks cases, laid over the defaults, against each of the models of a chart.
 * @param models newest line first; what a newer one refuses is not told again.
 */
export function checkCases(
  cases: readonly YamlSource[],
  models: readonly CheckedModel[],
  problems: Problem[],
): void {
  for (const source of cases) {
    const told = new Map<string, Problem>();
    for (const model of models) {
      for (const problem of caseProblems(source, model)) {
        const key = `${problem.path ?? ''}: ${problem.message}`;
        if (!told.has(key)) told.set(key, problem);
      }
    }
    problems.push(...told.values());
  }
}

function caseProblems(source: YamlSource, { line, defaults, check }: CheckedModel): Problem[] {
  if (check(overlay(defaults, source.data ?? {}))) return [];
  const explained = explainErrors(check.errors ?? [], 'key', (path) => source.written(path));
  return explained.map(({ path, at, message, hint }) => {
    const details = { at, rule: `values of Spark ${line}` };
    return source.problem(path, message, hint === undefined ? details : { ...details, hint });
  });
}

/** Values over others as Helm lays them: maps key by key, null deletes a default. */
function overlay(base: Json, over: Json): Json {
  if (!isObject(base) || !isObject(over)) return over;
  const merged = new Map(Object.entries(base));
  for (const [key, value] of Object.entries(over)) {
    const below = merged.get(key);
    if (below === undefined) merged.set(key, value);
    else if (value === null) merged.delete(key);
    else merged.set(key, overlay(below, value));
  }
  return Object.fromEntries(merged);
}
