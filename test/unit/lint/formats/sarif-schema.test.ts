import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Ajv } from 'ajv';
import { expect, test } from 'vitest';
import { formatSarif } from '../../../../generator/src/lint/formats/sarif.ts';
import { cellsOf, finding, reportOf } from './report.ts';

/** The schema of the standard, draft-04 in what it says of itself, but without what draft-07 has otherwise. */
function validator() {
  const path = '@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json';
  const text = readFileSync(createRequire(import.meta.url).resolve(path), 'utf8');
  const { $schema, id, ...schema } = JSON.parse(text) as Record<string, unknown>;
  expect([$schema, id]).toEqual([
    'http://json-schema.org/draft-04/schema#',
    expect.stringContaining('sarif-2.1.0') as unknown,
  ]);
  // One of its patterns is none with the flag u.
  return new Ajv({ strict: false, unicodeRegExp: false, validateFormats: false }).compile(schema);
}

test('a report is as the schema of SARIF says, and what is wrong in one is found', () => {
  const { file, line, column, excerpt, ...bare } = finding({ rule: 'not-documented', cells: [] });
  expect([file, line, column, excerpt]).not.toContain(undefined);
  const report = reportOf(
    [
      finding({ cells: cellsOf('ha') }),
      bare,
      finding({ chart: 'a-1.0.0.tgz' }),
      finding({ chart: 'oci://example.com/a:1.0.0' }),
    ],
    [{ ...finding(), reason: 'a test', ignoredIn: 'values.yaml' }],
  );
  const log = JSON.parse(formatSarif(report, { directory: '/project', version: '1.2.3' })) as {
    runs: [{ results: { level: string }[] }];
  };
  const validate = validator();
  expect(validate(log), JSON.stringify(validate.errors)).toBe(true);
  for (const result of log.runs[0].results) result.level = 'info';
  expect(validate(log)).toBe(false);
});
