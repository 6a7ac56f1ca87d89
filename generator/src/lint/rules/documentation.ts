import type { RuleDescription } from '../rule.ts';
import { RULE_DESCRIPTIONS } from './descriptions.ts';

const INTRODUCTION = `# Lint rules

\`spark-charts lint\` renders a chart with each of its cases (\`ci/*-values.yaml\`, its defaults where it has none) on each Kubernetes version, and looks at what comes out, at the chart's files and at what Helm's own lint says. A finding names its rule, the place in the chart's files and the cases and versions that it is true of.

- An **error** is what the cluster or Helm refuses, or what certainly does not work.
- A **warning** is a defect that a careful reviewer would send back. It fails the run as an error does.
- **Info** is advice and fails nothing.

This page is made by \`npm run lint-rules\`.

## Ignoring findings

What is meant to be as it is can be passed over, never without a reason.

In a file of the chart, a comment counts for the findings of a rule in that file. Several rules are separated by commas:

\`\`\`yaml
{{- /* lint-ignore missing-probe: The pod ends by itself. */ -}}
# lint-ignore image-tag: The tag is set by the pipeline.
\`\`\`

The first form is for templates, the second for any YAML file. \`.spark-charts-lint.yaml\` in the chart's folder does it for the whole chart or a part of it; of a chart that is generated it is written from \`lint.yaml\` in its sources. A \`*\` stands for any text, and what is left out stands for all:

\`\`\`yaml
ignore:
  - rule: missing-probe
    path: templates/smoke-test/*
    object: Pod/*-smoke-test
    field: spec.containers*
    reason: The pod ends by itself.
\`\`\`

\`path\` is that of the file in the chart; \`object\` is kind and name; \`field\` is the path in the object or in the values, as the finding shows it. Findings that are passed over are counted, and stay in the reports for machines with their reason.
`;

/** docs/lint-rules.md: every rule, and how to pass over what it finds. */
export function formatRuleDocumentation(): string {
  return [INTRODUCTION, ...RULE_DESCRIPTIONS.map(section)].join('\n');
}

function section({ id, severity, summary, reason, remedy, source }: RuleDescription): string {
  const paragraphs = [
    `## ${id}`,
    `**${severity}** · ${escape(summary)}`,
    escape(reason),
    `To mend: ${escape(remedy)}`,
    `To ignore: \`lint-ignore ${id}: <reason>\``,
    ...(source === undefined ? [] : [`Source: <${source}>`]),
  ];
  return `${paragraphs.join('\n\n')}\n`;
}

/** Placeholders such as `<key>` are no HTML; in code they are safe. */
function escape(text: string): string {
  return text
    .split(/(`[^`]*`)/)
    .map((part, index) => (index % 2 === 1 ? part : part.replaceAll(/[<*_]/g, String.raw`\$&`)))
    .join('');
}
