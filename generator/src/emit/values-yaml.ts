import { defaultValues } from '../model/defaults.ts';
import type { SchemaNode } from '../model/schema-node.ts';
import type { ChartModel, Json } from '../model/types.ts';
import { choice, paragraphs, wrap } from './text.ts';
import { blockYaml, flowYaml } from './yaml.ts';

const WIDTH = 100;
const RULE = `# ${'-'.repeat(WIDTH - 2)}`;

/**
 * values.yaml: the defaults of the model, each under its description, the sections under
 * banners. Read as YAML it is `defaultValues` of the model.
 */
export function emitValuesYaml({ name, version, appVersion, values }: ChartModel): string {
  const header = [
    '# yaml-language-server: $schema=values.schema.json',
    `# Default values of ${name} ${version}, Apache Spark ${appVersion}.`,
    '# README.md lists them in tables.',
  ];
  const properties = Object.entries(values.properties ?? {}).flatMap(([key, node]) => [
    ...(node['x-section'] === undefined ? [] : ['', RULE, `# ${node['x-section']}`, RULE]),
    '',
    ...propertyLines(key, node, 0),
  ]);
  if (properties.length === 0) properties.push('', '{}');
  return [...header, ...properties, ''].join('\n');
}

/** A property with its comments. @param depth how many objects it is in. */
function propertyLines(key: string, node: SchemaNode, depth: number): string[] {
  const value = defaultValues(node) ?? null;
  const children = value === null ? [] : Object.entries(node.properties ?? {});
  const comments = commentLines(node, WIDTH - 2 * depth - 2).map((line) => `# ${line}`.trimEnd());
  if (children.length === 0)
    return indent([...comments, ...blockYaml({ [key]: value }).split('\n')], depth);
  const lines = children.flatMap(([childKey, child], index) => {
    const previous = children[index - 1]?.[1];
    const apart = previous && (depth === 0 || hasParts(child) || hasParts(previous));
    return [...(apart ? [''] : []), ...propertyLines(childKey, child, depth + 1)];
  });
  return [
    ...indent([...comments, `${flowYaml(key)}:`], depth),
    ...lines,
    ...indent(furtherLines(node), depth + 1),
  ];
}

/** What the default of an open object has beside its properties. */
function furtherLines({ default: value }: SchemaNode): string[] {
  const isEmpty = value === undefined || value === null || Object.keys(value).length === 0;
  return isEmpty ? [] : blockYaml(value).split('\n');
}

function hasParts({ properties }: SchemaNode): boolean {
  return properties !== undefined;
}

function commentLines(node: SchemaNode, width: number): string[] {
  const text = [
    ...(node.deprecated ? ['Deprecated.'] : []),
    ...paragraphs(node.description ?? ''),
    ...[choice(node) ?? []].flat(),
  ];
  return [
    ...text.flatMap((part) => wrap(part, width)),
    ...(node.examples ?? []).flatMap(exampleLines),
  ];
}

function exampleLines(example: Json): string[] {
  if (typeof example !== 'object' || example === null) return [`Example: ${flowYaml(example)}`];
  return [
    'Example:',
    ...blockYaml(example)
      .split('\n')
      .map((line) => `  ${line}`),
  ];
}

function indent(lines: string[], depth: number): string[] {
  return lines.map((line) => (line === '' ? '' : '  '.repeat(depth) + line));
}
