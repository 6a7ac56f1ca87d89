/** A key of the values; null stands for any key or index. */
export type Key = string | null;
export type ValuePath = readonly Key[];

/** What an expression of a template stands for, as far as that is known without running it. */
export type Known =
  /** What templates get: `.Values`, `.Release`, …; of a subchart where the path leads to its values. */
  | { type: 'context'; path: ValuePath }
  | { type: 'subcharts'; path: ValuePath }
  | { type: 'value'; path: ValuePath }
  | { type: 'map'; entries: readonly (readonly [string, Alternatives])[] }
  | { type: 'list'; items: Alternatives }
  /** {@link GAP} stands for any text in it. */
  | { type: 'text'; text: string }
  /** What only a cluster can tell, and what follows from it. */
  | { type: 'cluster'; isObject: boolean }
  | { type: 'unknown' };

/** One of these; never empty. */
export type Alternatives = readonly Known[];

/** `worker.ports[*].name`, `params["server.insecure"]` as jsonpath has it. */
export function formatValuePath(path: ValuePath): string {
  return path
    .map((key, index) => {
      if (key === null) return '[*]';
      if (!/^[\w-]+$/.test(key)) return `[${JSON.stringify(key)}]`;
      return index === 0 ? key : `.${key}`;
    })
    .join('');
}

export const GAP = '\0';
/** What follows from what a cluster has told. */
export const ANSWER: Alternatives = [{ type: 'cluster', isObject: false }];
export const UNKNOWN: Alternatives = [{ type: 'unknown' }];

/** More is not worth following. */
const MOST_ALTERNATIVES = 24;
const MOST_PARTS = 300;
const DEEPEST = 24;

/** One of several; unknown where there are too many. */
export function oneOf(...several: readonly Alternatives[]): Alternatives {
  const distinct = new Map(several.flat().map((known) => [JSON.stringify(known), known]));
  if (distinct.size === 0 || distinct.size > MOST_ALTERNATIVES) return UNKNOWN;
  return [...distinct.values()];
}

/** What is made of each alternative. */
export function ofEach(
  alternatives: Alternatives,
  make: (known: Known) => Alternatives,
): Alternatives {
  return oneOf(...alternatives.map(make));
}

/** Undefined for what became too large to follow. */
export function mapOf(entries: readonly (readonly [string, Alternatives])[]): Known | undefined {
  const known: Known = { type: 'map', entries };
  return partsOf([known]) > MOST_PARTS ? undefined : known;
}

function partsOf(alternatives: Alternatives): number {
  return alternatives.reduce((sum, known) => {
    if (known.type === 'map')
      return sum + known.entries.reduce((parts, [, entry]) => parts + partsOf(entry), 1);
    return sum + (known.type === 'list' ? 1 + partsOf(known.items) : 1);
  }, 0);
}

/** `.name` of something. */
export function fieldOf(known: Known, name: string): Alternatives {
  switch (known.type) {
    case 'value':
      return below(known.path, name);
    case 'context':
      if (name === 'Values') return [{ type: 'value', path: known.path }];
      return name === 'Subcharts' ? [{ type: 'subcharts', path: known.path }] : UNKNOWN;
    case 'subcharts':
      return [{ type: 'context', path: [...known.path, name] }];
    case 'map':
      return known.entries.find(([key]) => key === name)?.[1] ?? UNKNOWN;
    case 'cluster':
      return [known];
    default:
      return UNKNOWN;
  }
}

/** A template that calls itself for what is below could go down for ever. */
function below(path: ValuePath, key: Key): Alternatives {
  return [{ type: 'value', path: path.length < DEEPEST ? [...path, key] : path }];
}

/** What `range` and `index` with an unknown key give. */
export function elementsOf(known: Known): Alternatives {
  switch (known.type) {
    case 'value':
      return below(known.path, null);
    case 'map':
      return oneOf(...known.entries.map(([, entry]) => entry));
    case 'list':
      return known.items;
    case 'cluster':
      return [known];
    default:
      return UNKNOWN;
  }
}

/** What `range` gives for keys. */
export function keysOf(known: Known): Alternatives {
  if (known.type !== 'map') return UNKNOWN;
  return oneOf(known.entries.map(([text]) => ({ type: 'text', text })));
}

/** The text that one alternative is, without a gap. */
export function textOf(known: Known): string | undefined {
  return known.type === 'text' && !known.text.includes(GAP) ? known.text : undefined;
}

/** May it follow from what only a cluster can tell? */
export function isFromCluster(alternatives: Alternatives): boolean {
  return alternatives.some(({ type }) => type === 'cluster');
}
