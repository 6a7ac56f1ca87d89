import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { UserError } from '../../../generator/src/errors.ts';
import { plannedArchive } from '../../../generator/src/repository/plan.ts';
import type { TargetPlan } from '../../../generator/src/repository/publish.ts';
import { assertSamePlan, readStoredPlan } from '../../../generator/src/repository/stored-plan.ts';
import { archiveOf } from '../archive/fixture.ts';
import { temporaryFolder, write } from '../fileset/fixture.ts';

async function store(plan: TargetPlan) {
  const file = join(temporaryFolder(), 'plan.json');
  write(file, JSON.stringify({ targets: [plan] }));
  return readStoredPlan(file);
}

test('what is overwritten, and what is attached, belongs to a plan', async () => {
  const archive = plannedArchive(await archiveOf());
  const [old, other] = ['a'.repeat(64), 'b'.repeat(64)];
  const planOf = (replaces: string, sboms: string[]): TargetPlan => ({
    target: 'oci://localhost/charts',
    uploads: [archive],
    additions: [],
    overwrites: [{ ...archive, replaces, losesProvenance: false }],
    unchanged: [],
    provenance: [],
    sboms,
    warnings: [{ message: 'differs from one look to the next' }],
  });
  const stored = await store(planOf(old, ['demo-1.0.0.tgz.spdx.json']));
  assertSamePlan(stored, [{ ...planOf(old, ['demo-1.0.0.tgz.spdx.json']), warnings: [] }]);
  const refused = () => {
    assertSamePlan(stored, [planOf(other, [])]);
  };
  expect(refused).toThrow(expect.objectContaining({ code: 'PLAN_OUTDATED' }));
  const problems = [
    `in the plan only: overwrites: demo 1.0.0 sha256:${archive.digest} in place of sha256:${old}`,
    'in the plan only: sboms: demo-1.0.0.tgz.spdx.json',
    `not in the plan: overwrites: demo 1.0.0 sha256:${archive.digest} in place of sha256:${other}`,
  ].map((message) => ({ message: `oci://localhost/charts: ${message}` }));
  expect(problemsOf(refused)).toEqual(problems);
});

function problemsOf(run: () => void): unknown {
  try {
    run();
  } catch (error) {
    return (error as UserError).problems;
  }
  return expect.fail('nothing was refused');
}
