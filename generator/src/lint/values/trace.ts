import type { Alternatives, ValuePath } from './known.ts';

/** A value that an expression reads. */
export interface Read {
  path: ValuePath;
  /** Whether it is only asked if it is there, or has a default right here. */
  isTest: boolean;
  /** Whether it cannot be another value as well. */
  isCertain: boolean;
  file: string;
  /** In the file's text. */
  offset: number;
}

/** The answer of a cluster, used where nothing provides for there being none. */
export interface UnguardedLookup {
  use: 'field' | 'range';
  file: string;
  offset: number;
}

/** What is seen on the way through the templates of a chart. */
export interface Trace {
  reads: Read[];
  /** Values of which all that is below them is used. */
  consumed: ValuePath[];
  lookups: UnguardedLookup[];
  /** Values that templates write into. */
  written: ValuePath[];
  /** Named templates that are called. */
  called: Set<string>;
  /** Whether templates do what cannot be followed: there may be more values and more uses of them. */
  isOpaque: boolean;
  /** How many nodes were looked at. */
  steps: number;
  /** How often a cluster was asked. */
  questions: number;
}

/** A trace that nothing was seen in so far. */
export function emptyTrace(): Trace {
  return {
    reads: [],
    consumed: [],
    lookups: [],
    written: [],
    called: new Set(),
    isOpaque: false,
    steps: 0,
    questions: 0,
  };
}

/** Notes that something may be used with all that it holds. */
export function consume(trace: Trace, alternatives: Alternatives): void {
  for (const known of alternatives) {
    if (known.type === 'value' || known.type === 'context' || known.type === 'subcharts')
      trace.consumed.push(known.path);
    else if (known.type === 'map') for (const [, entry] of known.entries) consume(trace, entry);
    else if (known.type === 'list') consume(trace, known.items);
  }
}
