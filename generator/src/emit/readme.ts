import { defaultValues } from '../model/defaults.ts';
import type { Rule } from '../model/rule.ts';
import type { SchemaNode } from '../model/schema-node.ts';
import type { ChartModel, Json } from '../model/types.ts';
import { featureRows } from './features.ts';
import { escapeHtml, escapeText, table } from './markdown.ts';
import { choice, paragraphs } from './text.ts';
import { blockYaml, flowYaml } from './yaml.ts';

/** Longest default that is shown on one line of a table. */
const SHORT = 40;

/**
 * README.md: what the chart is, the text its author wrote, and tables of its values and rules.
 * @param written the rendered readme.hbs of the chart.
 */
export function emitReadme(model: ChartModel, written: string): string {
  const { name, source, version, line, catalog, components, rules, values } = model;
  const features = featureRows(values);
  const blocks = [
    `# ${name}`,
    source.description,
    `Chart ${version} · Apache Spark ${line.version} (Java ${line.image.java}, Scala ${line.image.scala}) · Kubernetes ${catalog.kubernetes.oldest} or newer`,
    components
      .map(({ title, readme }) => `- **${title}**: ${paragraphs(readme).join(' ')}`)
      .join('\n'),
    written.trim(),
    ...(features.length === 0 ? [] : ['## Features', table(['Feature', 'Values'], features)]),
    '## Parameters',
    ...sections(values).flatMap(({ title, rows }) => [
      ...(title === undefined ? [] : [`### ${title}`]),
      table(['Parameter', 'Description', 'Default'], rows),
    ]),
    ...(rules.length === 0
      ? []
      : ['## Rules', RULES, table(['Rule', 'When broken', 'Description'], rules.map(ruleRow))]),
    '## License',
    `${catalog.license}. Source: <${catalog.home}>.`,
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

const RULES = 'What a schema cannot say is checked when the chart is installed or upgraded.';

/** The root's properties by the section they stand in; those before the first have no title. */
function sections(root: SchemaNode): { title?: string; rows: string[][] }[] {
  const found: { title?: string; rows: string[][] }[] = [];
  for (const [key, node] of Object.entries(root.properties ?? {})) {
    const title = node['x-section'];
    if (title !== undefined) found.push({ title, rows: [] });
    else if (found.length === 0) found.push({ rows: [] });
    found.at(-1)?.rows.push(...parameterRows([key], node));
  }
  return found;
}

function parameterRows(path: string[], node: SchemaNode): string[][] {
  const name = path.join('.');
  const value = defaultValues(node) ?? null;
  const children = value === null ? [] : Object.entries(node.properties ?? {});
  return [
    [
      `<a id="${name}"></a>\`${name}\``,
      description(node),
      children.length > 0 ? '' : defaultCell(value),
    ],
    ...children.flatMap(([key, child]) => parameterRows([...path, key], child)),
  ];
}

function description(node: SchemaNode): string {
  const parts = [
    ...(node.deprecated ? ['**Deprecated.**'] : []),
    ...paragraphs(node.description ?? ''),
    ...[choice(node) ?? []].flat(),
    ...(node['x-since'] === undefined ? [] : [`Since ${node['x-since']}.`]),
  ];
  return parts.map(escapeText).join('<br>');
}

function defaultCell(value: Json): string {
  const short = flowYaml(value);
  if (short.length <= SHORT && !short.includes('`')) return `\`${short}\``;
  return `<pre>${escapeHtml(blockYaml(value)).replaceAll('\n', '<br>')}</pre>`;
}

function ruleRow({ id, level, description: text }: Rule): string[] {
  return [
    `\`${id}\``,
    level === 'refuse' ? 'refused' : 'a warning',
    paragraphs(text).map(escapeText).join('<br>'),
  ];
}
