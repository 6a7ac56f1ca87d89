import type { Problem } from '../errors.ts';

/** A place in rules.yaml, with the line to show. */
export type RulePlace = Pick<Problem, 'file' | 'line' | 'column' | 'excerpt'>;

/** A check across values, in Helm's template language; see docs/authoring.md. */
export interface Rule {
  id: string;
  /** Where a character of its condition or message is written; blanks do not count. */
  placeOf: (part: 'condition' | 'message', character: number) => RulePlace;
  /** Refused rules stop the install, warned ones are shown in the notes. */
  level: 'refuse' | 'warn';
  /** A Go template pipeline that is true when the rule is broken. */
  condition: string;
  /** The sentence to show; may hold Go template actions. */
  message: string;
  /** What the README says of the rule; the message without its actions where absent. */
  description: string;
  /** Named template, without the chart's prefix, that includes the rule once for each of several. */
  each?: string;
}

/** A rule of a component, for all Spark lines or a range of them. */
export interface ComponentRule extends Rule {
  lines?: string;
}
