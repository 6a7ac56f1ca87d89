import type { RuleDescription } from '../rule.ts';

const unusedIgnore: RuleDescription = {
  id: 'unused-ignore',
  severity: 'warning',
  summary: 'A comment or an entry of .spark-charts-lint.yaml ignores what nothing finds.',
  reason:
    'It would hide the same mistake when it is made anew, and readers take it for a known defect.',
  remedy: 'Remove it, or mend the name of the rule, the path, the object or the field.',
};

const ignoreWithoutReason: RuleDescription = {
  id: 'ignore-without-reason',
  severity: 'error',
  summary: 'A comment ignores a rule without saying why; it has no effect.',
  reason: 'Nobody can tell later whether it still holds.',
  remedy: 'Write `lint-ignore <rule>: <reason>`.',
};

/** What is found in how findings are ignored. */
export const IGNORING_RULES = { unusedIgnore, ignoreWithoutReason } as const;
