import type { Frame } from './frame.ts';
import { ANSWER, isFromCluster, oneOf, UNKNOWN, type Alternatives } from './known.ts';
import { consume } from './trace.ts';

/** A call of a template function. */
export interface Call {
  name: string;
  values: readonly Alternatives[];
  /** In the frame's file. */
  offset: number;
  frame: Frame;
}

/** What a function gives; what it uses is noted. */
export type Implementation = (call: Call) => Alternatives;

export const first: Implementation = ({ values: [value] }) => value ?? UNKNOWN;
export const last: Implementation = ({ values }) => values.at(-1) ?? UNKNOWN;
export const any: Implementation = ({ values }) => oneOf(...values);

/** For what only asks something: its answer says nothing of where values go. */
export const predicate: Implementation = ({ values }) =>
  values.some(isFromCluster) ? ANSWER : UNKNOWN;

/** For what may use all it is given. */
export const opaque: Implementation = (call) => {
  for (const value of call.values) consume(call.frame.trace, value);
  return predicate(call);
};
