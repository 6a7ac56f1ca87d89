import { chartSchema } from '../model/draft07.ts';
import { definitionClosure } from '../model/kubernetes.ts';
import { mapSubschemas } from '../model/subschemas.ts';
import type { SchemaNode } from '../model/schema-node.ts';
import type { ChartModel } from '../model/types.ts';

/**
 * values.schema.json in draft-07, complete in itself: Helm would fetch a remote `$ref` at
 * install.
 */
export function emitValuesSchema({ name, values }: ChartModel): string {
  const root = chartSchema(values, '#/definitions/');
  const definitions = Object.entries(definitionClosure(kubernetesTypesOf(values)))
    .map(([key, definition]) => `    ${JSON.stringify(key)}: ${JSON.stringify(definition)}`)
    .join(',\n');
  const schema = {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: `Values of the chart ${name}`,
    ...root,
  };
  if (definitions === '') return `${JSON.stringify(schema, null, 2)}\n`;
  // One definition a line: they are data of Kubernetes, nobody reads them.
  return JSON.stringify(schema, null, 2).replace(
    /\n\}$/,
    `,\n  "definitions": {\n${definitions}\n  }\n}\n`,
  );
}

function kubernetesTypesOf(root: SchemaNode): Set<string> {
  const types = new Set<string>();
  const visit = (node: SchemaNode) => {
    if (node['x-kubernetes'] !== undefined) types.add(node['x-kubernetes']);
    mapSubschemas(node, (child) => {
      visit(child);
      return child;
    });
  };
  visit(root);
  return types;
}
