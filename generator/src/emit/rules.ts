import type { Problem } from '../errors.ts';
import type { SourceFile } from '../model/catalog.ts';
import type { Rule } from '../model/rule.ts';

const RULES = 'templates/_rules.tpl';
const BEFORE_CONDITION = '{{- if ';

/**
 * The rules as templates, with generate-time tags still in them:
 * `templates/_rules.tpl` defines `<chart>.rules.refuse`, which fails with all messages at once, and
 * `<chart>.rules.warn`, text for the notes that is empty or starts with an empty line;
 * `templates/rules.yaml` calls the first.
 */
export function ruleTemplates(rules: readonly Rule[]): SourceFile[] {
  const ofLevel = (wanted: Rule['level']) => rules.filter(({ level }) => level === wanted);
  return [
    template(
      RULES,
      `{{/* Reasons to refuse the values, one line each. */}}
${definitions('<% chart.name %>.rules.refused', ofLevel('refuse'))}
{{/* Stops with all reasons at once. */}}
{{- define "<% chart.name %>.rules.refuse" }}
{{- with include "<% chart.name %>.rules.refused" . }}
{{- fail (printf "\\n<% chart.name %>: these values cannot work:%s\\n" .) }}
{{- end }}
{{- end }}

{{/* Warnings, one line each. */}}
${definitions('<% chart.name %>.rules.warned', ofLevel('warn'))}
{{/* Warnings for the notes. */}}
{{- define "<% chart.name %>.rules.warn" }}
{{- with include "<% chart.name %>.rules.warned" . }}

Warnings:{{ . }}
{{- end }}
{{- end }}
`,
    ),
    template('templates/rules.yaml', '{{- include "<% chart.name %>.rules.refuse" . -}}\n'),
  ];
}

/** The template of that name with all the rules, and one more for those of each `each`. */
function definitions(name: string, rules: readonly Rule[]): string {
  const repeated = Map.groupBy(
    rules.filter((rule) => rule.each !== undefined),
    ({ each = '' }) => each,
  );
  const calls = [...repeated.keys()].map(
    (each) =>
      `{{- include "<% chart.name %>.${each}" (dict "root" . "template" "${name}.${each}") }}\n`,
  );
  const once = rules.filter(({ each }) => each === undefined);
  const parts = [...repeated].map(([each, own]) => define(`${name}.${each}`, own.map(ruleLines)));
  return [define(name, [...once.map(ruleLines), ...calls]), ...parts].join('\n');
}

function define(name: string, parts: readonly string[]): string {
  return `{{- define "${name}" }}\n${parts.join('')}{{- end }}\n`;
}

function ruleLines(rule: Rule): string {
  const text = rule.message.trim().replaceAll(/\n\s*/g, '\n    ');
  return `${beforeMessage(rule)}${text}\n{{- end }}\n`;
}

function beforeMessage({ id, condition }: Rule): string {
  return `${BEFORE_CONDITION}${condition.trim()} }}\n  - [${id}] `;
}

/** A problem in the templates of rules, at the rule it comes from; any other as it is. */
export function atItsRule(problem: Problem, rules: readonly Rule[]): Problem {
  const { file = '', excerpt = '' } = problem;
  const rule = rules.find((candidate) => ruleLines(candidate).split('\n').includes(excerpt));
  if (!file.endsWith(RULES) || !rule) return problem;
  const text = ruleLines(rule);
  const line = `\n${text}`.indexOf(`\n${excerpt}\n`);
  const before = text.slice(0, line + (problem.column ?? 1) - 1);
  const isMessage = before.length >= beforeMessage(rule).length;
  const start = isMessage ? beforeMessage(rule) : BEFORE_CONDITION;
  const place = rule.placeOf(isMessage ? 'message' : 'condition', inkOf(before) - inkOf(start));
  return { ...problem, ...place, path: rule.id };
}

/** How many characters of a text are not blank. */
function inkOf(text: string): number {
  return text.replaceAll(/\s/g, '').length;
}

function template(target: string, text: string): SourceFile {
  return { source: target, target, content: Buffer.from(text), rendered: true };
}
