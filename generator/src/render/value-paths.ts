import { type Problem, UserError } from '../errors.ts';
import { nodeLocation } from '../model/locations.ts';
import { findNode, leafPaths } from '../model/paths.ts';
import type { SchemaNode } from '../model/schema-node.ts';
import { didYouMean } from '../nearest.ts';
import { scanGoTemplate } from './go-actions.ts';

/** `.Values.a.b` in an action, whatever stands before it: `$`, `.root`, a variable. */
const VALUE_PATH = /\.Values((?:\.[A-Za-z_]\w*)+)/g;

export interface ValuePath {
  keys: string[];
  /** Of `.Values.…` in the text. */
  offset: number;
  length: number;
}

/** Every `.Values.…` of a Go template; comments and strings do not count. */
export function valuePaths(text: string): ValuePath[] {
  return scanGoTemplate(text).actions.flatMap(({ start, code }) =>
    [...code.matchAll(VALUE_PATH)].map((match) => ({
      keys: (match[1] ?? '').slice(1).split('.'),
      offset: start + 2 + match.index,
      length: match[0].length,
    })),
  );
}

/** What to say of a path that the model does not have; undefined for one it has. */
export function explainUnknown(
  values: SchemaNode,
  keys: readonly string[],
): { message: string; hint?: string } | undefined {
  const wrong = keys.findIndex((_, index) => !findNode(values, keys.slice(0, index + 1)));
  if (wrong === -1) return undefined;
  const parents = keys.slice(0, wrong);
  const known = Object.keys(findNode(values, parents)?.properties ?? {});
  const hint = didYouMean(keys[wrong] ?? '', known);
  const message = `.Values.${keys.join('.')} is not in the values model`;
  return hint === undefined ? { message } : { message, hint };
}

const startsWith = (keys: readonly string[], prefix: readonly string[]) =>
  prefix.every((key, index) => key === keys[index]);

/**
 * Every leaf of the values model must be used by some template. A path that ends at an object counts
 * for all below it.
 * @param values the resolved values model.
 * @param files all files of the chart by path; only those under `templates/` are read.
 * @throws UserError TEMPLATE_INVALID with every value that is unused.
 */
export function checkValuesUsed(
  values: SchemaNode,
  files: ReadonlyMap<string, string | Uint8Array>,
): void {
  const used = [...files].flatMap(([path, content]) =>
    path.startsWith('templates/') ? valuePaths(Buffer.from(content).toString('utf8')) : [],
  );
  const isUsed = (leaf: readonly string[]) =>
    used.some(({ keys }) => startsWith(leaf, keys) || startsWith(keys, leaf));
  const problems = leafPaths(values)
    .filter((leaf) => !isUsed(leaf))
    .map((leaf) => unusedProblem(values, leaf));
  if (problems.length === 0) return;
  const message = 'the templates do not use all of the values model';
  throw new UserError('TEMPLATE_INVALID', message, { problems });
}

function unusedProblem(values: SchemaNode, leaf: readonly string[]): Problem {
  const message = 'no template uses the value';
  const path = leaf.join('.');
  const node = findNode(values, leaf);
  const place = node && nodeLocation(node);
  return place ? place.source.problem(place.path, message, { path, at: 'key' }) : { message, path };
}
