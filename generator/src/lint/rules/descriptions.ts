import type { RuleDescription } from '../rule.ts';
import { HELM_RULES } from './helm.ts';
import { IGNORING_RULES } from './ignoring.ts';
import { RULES } from './index.ts';

/** Every id that a finding can have, in the order of the documentation. */
export const RULE_DESCRIPTIONS: readonly RuleDescription[] = [
  ...RULES,
  ...HELM_RULES,
  ...Object.values(IGNORING_RULES),
];
