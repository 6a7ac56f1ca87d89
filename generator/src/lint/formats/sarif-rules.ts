import type { RuleDescription } from '../rule.ts';
import { RULE_DESCRIPTIONS } from '../rules/descriptions.ts';

/** The levels of SARIF that our severities are. */
export const LEVELS = { error: 'error', warning: 'warning', info: 'note' } as const;

const DOCUMENTATION = 'https://github.com/spark-charts/spark-charts/blob/main/docs/lint-rules.md';

/** `reportingDescriptor` of SARIF. */
interface RuleDescriptor {
  id: string;
  shortDescription?: { text: string };
  fullDescription?: { text: string };
  help?: { text: string };
  helpUri?: string;
  defaultConfiguration?: { level: string };
}

/** All rules as SARIF has them in `tool.driver.rules`, and those that are found but not documented. */
export function describeRules(found: readonly string[]): RuleDescriptor[] {
  const known = RULE_DESCRIPTIONS.map(describe);
  const ids = new Set(known.map(({ id }) => id));
  const others = [...new Set(found)].filter((id) => !ids.has(id));
  return [...known, ...others.map((id) => ({ id }))];
}

function describe({ id, severity, summary, reason, remedy }: RuleDescription): RuleDescriptor {
  return {
    id,
    shortDescription: { text: summary },
    fullDescription: { text: reason },
    help: { text: remedy },
    helpUri: `${DOCUMENTATION}#${id}`,
    defaultConfiguration: { level: LEVELS[severity] },
  };
}
