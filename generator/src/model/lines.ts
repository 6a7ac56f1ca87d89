import { satisfies } from 'semver';
import { omit } from './json.ts';
import { mapSubschemas } from './subschemas.ts';
import type { Line } from './catalog.ts';
import type { SchemaNode } from './schema-node.ts';

/** Whether a Spark line is in a range such as `>=4.0.0`; every line is where there is no range. */
export function hasLine(range: string | undefined, line: Pick<Line, 'version'>): boolean {
  return range === undefined || satisfies(line.version, range);
}

/** The model as one Spark line has it: nodes with `x-lines` for other lines are left out. */
export function applyLine(node: SchemaNode, line: Pick<Line, 'version'>): SchemaNode {
  const kept = mapSubschemas(node, (child) =>
    hasLine(child['x-lines'], line) ? applyLine(child, line) : undefined,
  );
  return omit(kept, 'x-lines');
}
