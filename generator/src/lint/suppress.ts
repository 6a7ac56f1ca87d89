import { didYouMean } from '../nearest.ts';
import { CONFIGURATION, type LintedChart } from './chart.ts';
import { readConfiguration, type PlacedEntry } from './configuration.ts';
import type { Finding, SuppressedFinding } from './finding.ts';
import { matchesGlob } from './glob.ts';
import { locate } from './locate/locate.ts';
import type { Observation, RuleDescription } from './rule.ts';
import { RULE_DESCRIPTIONS } from './rules/descriptions.ts';
import { IGNORING_RULES } from './rules/ignoring.ts';
import { ignoreComments, type IgnoreComment } from './suppress-comments.ts';

/** Something that says to pass over findings of one rule. */
interface Ignore {
  rule: string;
  reason: string;
  place: { file: string; line: number; column: number };
  matches: (finding: Finding) => boolean;
}

/** After these, rules have not seen all there is to see. */
const UNRENDERED = new Set(['helm-template', 'notes-failure']);

/**
 * Takes out what comments in the chart's files and its configuration say to pass over, and adds
 * what is wrong with them.
 * @throws UserError `CHART_INVALID` for a configuration with mistakes.
 */
export function suppress(
  chart: LintedChart,
  findings: readonly Finding[],
): { findings: Finding[]; suppressed: SuppressedFinding[] } {
  const comments = ignoreComments(chart);
  const ignores = [
    ...comments.flatMap((comment) => (comment.reason === '' ? [] : ofComment(comment))),
    ...readConfiguration(chart).map(ofEntry),
  ];
  const left: Finding[] = [];
  const suppressed: SuppressedFinding[] = [];
  const used = new Set<Ignore>();
  for (const finding of findings) {
    const matching = ignores.filter((ignore) => ignore.matches(finding));
    for (const ignore of matching) used.add(ignore);
    const [first] = matching;
    if (first) {
      const { reason, place } = first;
      suppressed.push({ ...finding, reason, ignoredIn: place.file });
    } else left.push(finding);
  }
  const isWhole = !findings.some(({ rule }) => UNRENDERED.has(rule));
  const unused = isWhole ? ignores.filter((ignore) => !used.has(ignore)) : [];
  return {
    findings: [
      ...left,
      ...comments.flatMap((comment) => mistakesOf(chart, comment)),
      ...unused.map((ignore) => unusedIgnore(chart, ignore)),
    ],
    suppressed,
  };
}

function ofComment({ rules, reason, ...place }: IgnoreComment): Ignore[] {
  return rules.map((rule) => ({
    rule,
    reason,
    place,
    matches: (finding) => finding.rule === rule && finding.file === place.file,
  }));
}

function ofEntry(entry: PlacedEntry): Ignore {
  const { rule, path, object, field, reason, line, column } = entry;
  const fits = (text: string | undefined, pattern: string | undefined) =>
    pattern === undefined || (text !== undefined && matchesGlob(text, pattern));
  return {
    rule,
    reason,
    place: { file: CONFIGURATION, line, column },
    matches: (finding) =>
      finding.rule === rule &&
      fits(finding.file, path) &&
      fits(finding.object, object) &&
      fits(finding.path, field),
  };
}

function mistakesOf(chart: LintedChart, { rules, reason, ...place }: IgnoreComment): Finding[] {
  const { ignoreWithoutReason } = IGNORING_RULES;
  if (rules.length === 0)
    return [finding(chart, ignoreWithoutReason, { message: 'names no rule to ignore', place })];
  if (reason !== '') return [];
  const message = `does not say why to ignore ${rules.join(', ')}`;
  return [finding(chart, ignoreWithoutReason, { message, place })];
}

function unusedIgnore(chart: LintedChart, { rule, place }: Ignore): Finding {
  const ids = RULE_DESCRIPTIONS.map(({ id }) => id);
  if (ids.includes(rule))
    return finding(chart, IGNORING_RULES.unusedIgnore, {
      message: `nothing is found that this would ignore for ${rule}`,
      place,
    });
  const hint = didYouMean(rule, ids);
  return finding(chart, IGNORING_RULES.unusedIgnore, {
    message: `there is no rule "${rule}" to ignore`,
    place,
    ...(hint !== undefined && { hint }),
  });
}

function finding(chart: LintedChart, rule: RuleDescription, observation: Observation): Finding {
  return { ...locate(chart, rule, observation), cells: [] };
}
