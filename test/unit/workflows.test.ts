import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { findTool } from '../../generator/src/helm/find.ts';
import { run } from '../../generator/src/process.ts';
import { action, type Step } from '../support/composite-action.ts';
import { useTools } from '../support/tools.ts';

interface Workflow {
  permissions: Record<string, string>;
  concurrency: unknown;
  jobs: Record<string, { 'timeout-minutes'?: number; steps: Step[] }>;
}

const DIRECTORY = '.github/workflows';
const FILES = readdirSync(DIRECTORY).map((name) => join(DIRECTORY, name));
const WORKFLOWS = FILES.map(
  (file) => [file, parse(readFileSync(file, 'utf8')) as Workflow] as const,
);
const ALL: (readonly [string, Step[]])[] = [
  ...WORKFLOWS.map(
    ([file, { jobs }]) => [file, Object.values(jobs).flatMap(({ steps }) => steps)] as const,
  ),
  ['action.yml', action.runs.steps],
];

/** Steps that action.test.ts runs. */
const RUN_THERE = ['Pack', 'Publish', 'Verify what is published'];
/** Steps that need what only GitHub's machines have. */
const ONLY_THERE = ['Start a cluster', 'Load the Spark images'];

useTools('actionlint');

test('actionlint finds nothing in the workflows', async () => {
  const { exitCode, stdout } = await run(await findTool('actionlint'), ['-no-color', ...FILES]);
  expect(stdout).toBe('');
  expect(exitCode).toBe(0);
});

test.each(WORKFLOWS)('%s may do no more than it needs, and ends', (_, workflow) => {
  expect(workflow.permissions).toEqual({ contents: 'read' });
  expect(workflow.concurrency).toBeDefined();
  for (const job of Object.values(workflow.jobs)) expect(job['timeout-minutes']).toBeLessThan(120);
});

describe.each(ALL)('%s', (file, steps) => {
  test('pins the actions of others by commit', () => {
    const lines = readFileSync(file, 'utf8').split('\n');
    const uses = lines.filter((line) => /^\s*(?:- )?uses:/.test(line));
    expect(uses.length).toBe(steps.filter((step) => step.uses !== undefined).length);
    for (const line of uses)
      expect(line).toMatch(/uses: (?:\.\/|[\w-]+\/[\w-]+@[\da-f]{40} # v\d+\.\d+\.\d+)$/);
  });

  test('has no expression in a script, where its value would be run', () => {
    const scripts = steps.map((step) => step.run ?? '');
    expect(scripts.filter((script) => script.includes('${{'))).toEqual([]);
  });
});

test('every script is run by tests, or a command of the project that all use', () => {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as {
    scripts: Record<string, string>;
  };
  const pipeline = readFileSync('.ci/run', 'utf8').matchAll(/^ *step (npm .*)$/gm);
  const commands = [
    ...[...pipeline].map(([, command]) => command),
    ...Object.values(scripts),
    // As the script `test`, by the Node that is asked for.
    scripts.test?.replace(/^vitest /, 'node node_modules/vitest/vitest.mjs '),
  ];
  const named = [...RUN_THERE, ...ONLY_THERE];
  const others = ALL.flatMap(([, steps]) => steps)
    .filter(({ name = '' }) => !named.includes(name))
    .flatMap(({ run: script }) => script ?? []);
  expect(others.length).toBeGreaterThan(5);
  expect(others.filter((script) => !commands.includes(script))).toEqual([]);
});
