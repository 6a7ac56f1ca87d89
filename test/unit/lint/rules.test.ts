import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { load } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import type { Finding } from '../../../generator/src/lint/finding.ts';
import { lintCharts } from '../../../generator/src/lint/lint.ts';
import { RULE_DESCRIPTIONS } from '../../../generator/src/lint/rules/descriptions.ts';
import { useTools } from '../../support/tools.ts';
import { writeChart } from './chart.ts';

useTools('helm-4', 'helm-engine');

/** A small chart; `Chart.yaml` and an empty `values.yaml` are there where it has none. */
interface Fixture {
  what: string;
  files: Record<string, string>;
  /** `1.36` where absent. */
  kubeVersions?: string[];
}

/** One file a rule: `rules/<id>.yaml`. */
interface Fixtures {
  /** `finds`: `<file>:<line>:<column>: <message>` of each finding of the rule. */
  failing: (Fixture & { finds: string[] })[];
  passing: Fixture[];
}

const DIRECTORY = join(import.meta.dirname, 'rules');
const FILES = await readdir(DIRECTORY);

async function findingsOf(rule: string, { files, kubeVersions = ['1.36'] }: Fixture) {
  const chart = await writeChart(files, {
    'Chart.yaml': 'apiVersion: v2\nname: demo\nversion: 1.0.0\nicon: https://a.example/i.svg\n',
    'values.yaml': '',
  });
  const { findings } = await lintCharts([chart], { kubeVersions, progress: console.log });
  return findings.filter((finding) => finding.rule === rule).map(format);
}

function format({ file, line, column, message }: Finding): string {
  const place = [file, line, column].filter((part) => part !== undefined).join(':');
  return `${place}: ${message}`;
}

test('each rule has fixtures, failing and passing ones', () => {
  expect(FILES.toSorted()).toEqual(RULE_DESCRIPTIONS.map(({ id }) => `${id}.yaml`).toSorted());
});

describe.each(FILES)('%s', async (file) => {
  const rule = basename(file, '.yaml');
  const { failing, passing } = load(await readFile(join(DIRECTORY, file), 'utf8')) as Fixtures;
  test('has both', () => {
    expect([failing.length, passing.length]).not.toContain(0);
  });
  test.each(failing)('finds: $what', async (fixture) => {
    expect(fixture.finds).not.toEqual([]);
    expect(await findingsOf(rule, fixture)).toEqual(fixture.finds);
  });
  test.each(passing)('passes: $what', async (fixture) => {
    expect(await findingsOf(rule, fixture)).toEqual([]);
  });
});
