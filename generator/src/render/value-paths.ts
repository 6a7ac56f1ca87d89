import { isUtf8 } from 'node:buffer';
import { type Problem, UserError } from '../errors.ts';
import { nodeLocation } from '../model/locations.ts';
import { findNode, leafPaths } from '../model/paths.ts';
import type { SchemaNode } from '../model/types.ts';
import { didYouMean } from '../nearest.ts';
import { scanGoTemplate } from './go-actions.ts';
import { problemAt } from './position.ts';

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
 * Holds the templates and the values model of a chart together: every `.Values.…` path of a
 * template exists in the model, every leaf of the model is used by some template. A path that ends
 * at an object counts for all below it.
 * @param values the resolved values model.
 * @param files all files of the chart by path; only those under `templates/` are read.
 * @param sources what a file was made from, by its path.
 * @throws UserError TEMPLATE_INVALID with every path that is wrong and every value that is unused.
 */
export function checkValuePaths(
  values: SchemaNode,
  files: ReadonlyMap<string, string | Uint8Array>,
  sources: ReadonlyMap<string, string>,
): void {
  const problems: Problem[] = [];
  const used: string[][] = [];
  for (const [target, content] of files) {
    if (!target.startsWith('templates/')) continue;
    if (typeof content !== 'string' && !isUtf8(content)) continue;
    const text = typeof content === 'string' ? content : Buffer.from(content).toString('utf8');
    for (const { keys, offset } of valuePaths(text)) {
      used.push(keys);
      const unknown = explainUnknown(values, keys);
      if (!unknown) continue;
      const origin = sources.get(target);
      const rule = origin === undefined ? {} : { rule: `made from ${origin}` };
      problems.push({
        ...problemAt(target, text, offset, unknown.message, unknown.hint),
        ...rule,
      });
    }
  }
  for (const leaf of leafPaths(values)) {
    if (used.some((keys) => startsWith(leaf, keys) || startsWith(keys, leaf))) continue;
    const message = 'no template uses the value';
    const node = findNode(values, leaf);
    const place = node && nodeLocation(node);
    const path = leaf.join('.');
    problems.push(
      place ? place.source.problem(place.path, message, { path, at: 'key' }) : { message, path },
    );
  }
  if (problems.length > 0) {
    const message = 'the templates and the values model do not fit together';
    throw new UserError('TEMPLATE_INVALID', message, { problems });
  }
}
