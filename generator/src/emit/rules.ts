import type { Problem } from '../errors.ts';
import { omit } from '../model/json.ts';
import type { Rule, SourceFile } from '../model/types.ts';

const RULES = 'templates/_rules.tpl';

/**
 * The rules as templates, with generate-time tags still in them:
 * `templates/_rules.tpl` defines `<chart>.rules.refuse`, which fails with all messages at once, and
 * `<chart>.rules.warn`, text for the notes that is empty or starts with an empty line;
 * `templates/rules.yaml` calls the first.
 */
export function ruleTemplates(rules: readonly Rule[]): SourceFile[] {
  const refused = rules.filter(({ level }) => level === 'refuse');
  const warned = rules.filter(({ level }) => level === 'warn');
  return [
    template(
      RULES,
      `{{/* Reasons to refuse the values, one line each. */}}
{{- define "<% chart.name %>.rules.refused" }}
${refused.map(ruleLines).join('')}{{- end }}

{{/* Stops with all reasons at once. */}}
{{- define "<% chart.name %>.rules.refuse" }}
{{- with include "<% chart.name %>.rules.refused" . }}
{{- fail (printf "\\n<% chart.name %>: these values cannot work:%s\\n" .) }}
{{- end }}
{{- end }}

{{/* Warnings, one line each. */}}
{{- define "<% chart.name %>.rules.warned" }}
${warned.map(ruleLines).join('')}{{- end }}

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

function ruleLines({ id, condition, message }: Rule): string {
  const text = message.trim().replaceAll(/\n\s*/g, '\n    ');
  return `{{- if ${condition.trim()} }}\n  - [${id}] ${text}\n{{- end }}\n`;
}

/** A problem in the templates of rules, at the rule it comes from; any other as it is. */
export function atItsRule(problem: Problem, rules: readonly Rule[]): Problem {
  const { file = '', excerpt = '' } = problem;
  const rule = rules.find((candidate) => ruleLines(candidate).split('\n').includes(excerpt));
  if (!file.endsWith(RULES) || !rule) return problem;
  return { ...omit(problem, 'column', 'excerpt'), path: rule.id, file: rule.file, line: rule.line };
}

function template(target: string, text: string): SourceFile {
  return { source: target, target, content: Buffer.from(text), rendered: true };
}
