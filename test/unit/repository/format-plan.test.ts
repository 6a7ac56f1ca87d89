import { expect, test } from 'vitest';
import { formatTargetPlan } from '../../../generator/src/repository/format-plan.ts';
import { createEntry } from '../../../generator/src/repository/index-file/entry.ts';
import { plannedArchive } from '../../../generator/src/repository/plan.ts';
import type { TargetPlan } from '../../../generator/src/repository/publish.ts';
import { archiveOf } from '../archive/fixture.ts';

async function planOf(more: Partial<TargetPlan>): Promise<TargetPlan> {
  const added = await archiveOf('added');
  return {
    target: 'oci://localhost/charts',
    uploads: [plannedArchive(added)],
    additions: [createEntry(added, 'added-1.0.0.tgz', '2026-01-01T00:00:00Z')],
    overwrites: [],
    unchanged: [],
    provenance: [],
    sboms: [],
    warnings: [],
    ...more,
  };
}

test('what is published, and what with it', async () => {
  const { digest } = await archiveOf('added');
  const missing = plannedArchive(await archiveOf('missing'));
  const plan = await planOf({});
  const uploads = [...plan.uploads, missing];
  const files = { provenance: ['added-1.0.0.tgz.prov'], sboms: ['added-1.0.0.tgz.spdx.json'] };
  expect(formatTargetPlan({ ...plan, ...files, uploads, unchanged: [missing] }, true)).toEqual([
    `missing-1.0.0.tgz  sha256:${missing.digest}  was missing, would be published`,
    'added-1.0.0.tgz.prov  would be published',
    'added-1.0.0.tgz.spdx.json  would be published',
    `added 1.0.0  sha256:${digest}  would be published`,
    `missing 1.0.0  sha256:${missing.digest}  unchanged`,
    '1 would be published in oci://localhost/charts, 1 unchanged',
  ]);
});

test('what is overwritten has both digests', async () => {
  const archive = plannedArchive(await archiveOf('demo'));
  const overwrites = [
    { ...archive, replaces: 'a'.repeat(64), losesProvenance: true },
    { ...archive, replaces: null, losesProvenance: false },
  ];
  const plan = await planOf({ uploads: [archive], additions: [], overwrites });
  const digest = `sha256:${archive.digest}`;
  expect(formatTargetPlan(plan, false)).toEqual([
    `demo 1.0.0  ${digest}  published in place of sha256:${'a'.repeat(64)}, whose provenance goes with it`,
    `demo 1.0.0  ${digest}  published in place of what has no digest`,
    '0 published in oci://localhost/charts, 2 in place of other bytes, 0 unchanged',
  ]);
});
