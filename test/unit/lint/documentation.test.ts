import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { RULE_DESCRIPTIONS } from '../../../generator/src/lint/rules/descriptions.ts';
import { formatRuleDocumentation } from '../../../generator/src/lint/rules/documentation.ts';

test('docs/lint-rules.md is current; if not, `npm run lint-rules` writes it', async () => {
  const file = new URL('../../../docs/lint-rules.md', import.meta.url);
  expect(await readFile(file, 'utf8')).toBe(formatRuleDocumentation());
});

test('each rule has a section of its own', () => {
  const headings = formatRuleDocumentation().match(/^## .*$/gm);
  const ids = RULE_DESCRIPTIONS.map(({ id }) => `## ${id}`);
  expect(headings).toEqual(['## Ignoring findings', ...ids]);
  expect(new Set(ids).size).toBe(ids.length);
});

test.each(RULE_DESCRIPTIONS.map((rule) => [rule.id, rule] as const))(
  '%s is described in sentences',
  (id, { summary, reason, remedy, source }) => {
    expect(id).toMatch(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/);
    for (const text of [summary, reason, remedy]) expect(text).toMatch(/\S.*\.$/s);
    if (source !== undefined) expect(source).toMatch(/^https:\/\/\S+$/);
  },
);
