/** Writes docs/lint-rules.md from the rules. */
import { writeFileSync } from 'node:fs';
import { formatRuleDocumentation } from '../generator/src/lint/rules/documentation.ts';

writeFileSync(new URL('../docs/lint-rules.md', import.meta.url), formatRuleDocumentation());
