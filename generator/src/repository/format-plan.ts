import type { TargetPlan } from './publish.ts';
import type { PlannedArchive, PlannedOverwrite } from './store.ts';

/** What was done at a target, or would be, a line a version. */
export function formatTargetPlan(plan: TargetPlan, dryRun: boolean): string[] {
  const { target, uploads, additions, overwrites, unchanged, pullRequest } = plan;
  const proposed = pullRequest === undefined ? 'published' : `in pull request ${pullRequest}`;
  const done = dryRun ? 'would be published' : proposed;
  const told = new Set([...additions, ...overwrites].map(({ digest }) => digest));
  return [
    ...uploads
      .filter(({ digest }) => !told.has(digest))
      .map(({ fileName, digest }) => `${fileName}  sha256:${digest}  was missing, ${done}`),
    ...[...plan.provenance, ...plan.sboms].map((file) => `${file}  ${done}`),
    ...additions.map((version) => `${nameOf(version)}  ${done}`),
    ...overwrites.map((version) => `${nameOf(version)}  ${done} ${inPlaceOf(version)}`),
    ...unchanged.map((version) => `${nameOf(version)}  unchanged`),
    [
      `${additions.length} ${done} in ${target}`,
      ...(overwrites.length > 0 ? [`${overwrites.length} in place of other bytes`] : []),
      `${unchanged.length} unchanged`,
    ].join(', '),
  ];
}

function nameOf({ name, version, digest }: Pick<PlannedArchive, 'name' | 'version' | 'digest'>) {
  return `${name} ${version}  sha256:${digest}`;
}

function inPlaceOf({ replaces, losesProvenance }: PlannedOverwrite): string {
  const old = replaces === null ? 'what has no digest' : `sha256:${replaces}`;
  return `in place of ${old}${losesProvenance ? ', whose provenance goes with it' : ''}`;
}
