import { isFromCluster, type Alternatives } from './known.ts';
import type { Trace } from './trace.ts';

/** Variables of a block, and of those around it. */
export interface Scope {
  variables: Map<string, Alternatives>;
  outer?: Scope;
}

/** Where in the run of the templates an expression stands. */
export interface Frame {
  trace: Trace;
  file: string;
  dot: Alternatives;
  scope: Scope;
  /** Whether a condition around it asks what the cluster has. */
  isGuarded: boolean;
  /** Whether what is read is only asked if it is there. */
  isTest: boolean;
  /** Whether what is read goes into a variable, which may be tested later. */
  isAssigned: boolean;
  /** How many blocks and calls are around it. */
  depth: number;
  /** Runs the named templates that a name, which may hold gaps, can mean; undefined for none. */
  include: (name: string, argument: Alternatives, frame: Frame) => Alternatives | undefined;
  /** Runs a text as a template. */
  interpret: (text: string, argument: Alternatives, frame: Frame) => void;
}

/** A frame for a block inside, with variables of its own. */
export function innerFrame(frame: Frame, changes: Partial<Frame> = {}): Frame {
  const scope = { variables: new Map(), outer: frame.scope };
  return { ...frame, depth: frame.depth + 1, scope, ...changes };
}

/** What a variable may hold, here or in a block around; undefined where none is declared. */
export function variable({ variables, outer }: Scope, name: string): Alternatives | undefined {
  return variables.get(name) ?? (outer && variable(outer, name));
}

/** The scope that a variable was declared in. */
export function scopeOf(scope: Scope, name: string): Scope | undefined {
  if (scope.variables.has(name)) return scope;
  return scope.outer && scopeOf(scope.outer, name);
}

/** Notes what is read at an offset of the frame's file. */
export function noteRead(read: Alternatives, { trace, file, isTest }: Frame, offset: number): void {
  const isCertain = read.length === 1;
  for (const known of read)
    if (known.type === 'value' && known.path.length > 0)
      trace.reads.push({ path: known.path, isTest, isCertain, file, offset });
}

/**
 * Notes that a part is taken of what may be the answer of a cluster.
 * @param depth how deep the part lies in it; below the first level Helm breaks off where there is none.
 */
export function noteParts(whole: Alternatives, frame: Frame, offset: number, depth: number): void {
  const { trace, file, isGuarded, isTest, isAssigned } = frame;
  const isObject = whole.some((known) => known.type === 'cluster' && known.isObject);
  if (!isObject || !isFromCluster(whole) || isGuarded) return;
  if (depth > 1 || !(isTest || isAssigned)) trace.lookups.push({ use: 'field', file, offset });
}
