import type { TargetPlan } from './publish.ts';

/** What was done at a target, or would be, a line a version. */
export function formatTargetPlan(
  { target, uploads, additions, unchanged, provenance }: TargetPlan,
  dryRun: boolean,
): string[] {
  const done = dryRun ? 'would be published' : 'published';
  const added = new Set(additions.map(({ digest }) => digest));
  return [
    ...uploads
      .filter(({ digest }) => !added.has(digest))
      .map(({ fileName, digest }) => `${fileName}  sha256:${digest}  was missing, ${done}`),
    ...provenance.map((file) => `${file}  ${done}`),
    ...additions.map(
      ({ name, version, digest }) => `${name} ${version}  sha256:${digest}  ${done}`,
    ),
    ...unchanged.map(
      ({ name, version, digest }) => `${name} ${version}  sha256:${digest}  unchanged`,
    ),
    `${additions.length} ${done} in ${target}, ${unchanged.length} unchanged`,
  ];
}
