import { join } from 'node:path';
import { UserError, type Problem } from '../errors.ts';
import { checkAuthored } from '../model/authored-schemas.ts';
import { parseYaml, type YamlSource } from '../model/yaml-source.ts';
import { didYouMean } from '../nearest.ts';
import { CONFIGURATION, type LintedChart } from './chart.ts';
import { RULE_DESCRIPTIONS } from './rules/descriptions.ts';

/** An entry of the file's `ignore`; in all but `reason` a `*` stands for any text. */
export interface IgnoreEntry {
  rule: string;
  /** Of the file in the chart. */
  path?: string;
  /** `Pod/demo-smoke-test` */
  object?: string;
  /** Where in the object or in the values. */
  field?: string;
  reason: string;
}

/** An entry, and where it stands. */
export interface PlacedEntry extends IgnoreEntry {
  line: number;
  column: number;
}

/**
 * What a chart's own file says to pass over (schemas/lint.schema.json); nothing where it has none.
 * @throws UserError `CHART_INVALID` with its mistakes.
 */
export function readConfiguration({ path, files }: LintedChart): PlacedEntry[] {
  const text = files.get(CONFIGURATION);
  if (text === undefined) return [];
  const file = join(path, CONFIGURATION);
  const problems: Problem[] = [];
  const source = parseYaml(file, Buffer.from(text), problems);
  if (source && checkAuthored('lint', source, problems)) problems.push(...unknownRules(source));
  if (!source || problems.length > 0)
    throw new UserError('CHART_INVALID', `${file} has mistakes`, { problems });
  return entriesOf(source).map((entry, index) => {
    const { line = 1, column = 1 } = source.problem(['ignore', index, 'rule'], '', { at: 'key' });
    return { ...entry, line, column };
  });
}

function entriesOf({ data }: YamlSource): IgnoreEntry[] {
  return (data as unknown as { ignore: IgnoreEntry[] }).ignore;
}

function unknownRules(source: YamlSource): Problem[] {
  const ids = RULE_DESCRIPTIONS.map(({ id }) => id);
  return entriesOf(source).flatMap(({ rule }, index) => {
    if (ids.includes(rule)) return [];
    const hint = didYouMean(rule, ids);
    const details = hint === undefined ? {} : { hint };
    return [source.problem(['ignore', index, 'rule'], `there is no rule "${rule}"`, details)];
  });
}
