import { valid, validRange } from 'semver';
import type { Problem } from '../errors.ts';
import { didYouMean } from '../nearest.ts';
import { kubernetesTypes } from './kubernetes.ts';
import { below, problemAt } from './locations.ts';
import type { Location } from './locations.ts';
import { patternMistake } from './patterns.ts';
import type { AuthoredNode } from './references.ts';
import { mapSubschemas } from './subschemas.ts';
import type { NodePlace } from './subschemas.ts';
import type { SchemaNode } from './schema-node.ts';

/** Where a node with `x-lines` can be left out and the rest still makes sense. */
const REMOVABLE = new Set(['properties', 'allOf', 'anyOf', 'oneOf']);

/**
 * Checks what keywords say, in a node as it is written and in all nodes below it.
 * @param options.sections whether its properties are those of the root of values.yaml.
 * @returns true when `problems` gained none.
 */
export function checkKeywords(
  root: AuthoredNode,
  location: Location,
  problems: Problem[],
  { sections = false } = {},
): boolean {
  const before = problems.length;
  const { $defs = {}, ...node } = root;
  const check = (child: SchemaNode, at: Location, context: Context) => {
    for (const [keyword, message, hint] of mistakes(child, context)) {
      problems.push(problemAt(below(at, keyword), message, hint === undefined ? {} : { hint }));
    }
    mapSubschemas(child, (grandchild, place) => {
      const startsSection = sections && child === node && place[0] === 'properties';
      check(grandchild, below(at, ...place), { place, startsSection });
      return grandchild;
    });
  };
  check(node, location, {});
  for (const [name, definition] of Object.entries($defs)) {
    check(definition, below(location, '$defs', name), {});
  }
  return problems.length === before;
}

/** Where a node stands in its parent, and whether it may start a section. */
interface Context {
  place?: NodePlace;
  startsSection?: boolean;
}

type Mistake = [keyword: string, message: string, hint?: string | undefined];

function* mistakes(node: SchemaNode, { place, startsSection }: Context): Generator<Mistake> {
  if ('$defs' in node) yield ['$defs', 'fragments are named at the root of a file'];
  const { 'x-section': section, 'x-since': since, 'x-lines': lines, 'x-kubernetes': type } = node;
  if (section !== undefined && !startsSection) {
    yield ['x-section', 'only properties of the root start a section'];
  }
  if (since !== undefined && valid(since) !== since) {
    yield ['x-since', `"${since}" is not a version such as 0.2.0`];
  }
  if (lines !== undefined && validRange(lines) === null) {
    yield ['x-lines', `"${lines}" is not a range of versions such as >=4.0.0`];
  }
  if (lines !== undefined && !REMOVABLE.has(place?.[0] ?? '')) {
    yield [
      'x-lines',
      'only properties and entries of allOf, anyOf and oneOf can depend on the line',
    ];
  }
  if (type !== undefined && !kubernetesTypes().has(type)) {
    const hint = didYouMean(type, kubernetesTypes());
    yield ['x-kubernetes', `schemas/kubernetes has no type ${type}`, hint];
  }
  if (type !== undefined && (node.properties ?? node.additionalProperties) !== undefined) {
    yield ['x-kubernetes', 'a Kubernetes type cannot have properties of its own'];
  }
  const patterns = [
    ['pattern', node.pattern ?? ''],
    ...Object.keys(node.patternProperties ?? {}).map((key) => ['patternProperties', key]),
  ];
  for (const [keyword = '', pattern = ''] of patterns) {
    const mistake = patternMistake(pattern);
    if (mistake !== undefined) yield [keyword, mistake];
  }
}
