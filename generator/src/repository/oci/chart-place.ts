import type { ArchiveInfo } from '../../archive/archive.ts';
import { UserError } from '../../errors.ts';
import { isRepositoryName, isTag, type RegistryReference } from '../../registry/reference.ts';

/** Where Helm looks for a version of a chart. */
export interface ChartPlace {
  repository: string;
  tag: string;
  /** `oci://registry/repository:tag`, to show. */
  url: string;
}

/** The repository of a chart's versions below a place. */
export function repositoryOf({ path }: RegistryReference, chart: string): string {
  return path === '' ? chart : `${path}/${chart}`;
}

/**
 * The place of an archive; `+` in a version is `_` in its tag, as tags have no `+`.
 * @throws UserError CHART_INVALID for a name or version that no registry takes.
 */
export function placeOf(
  reference: RegistryReference,
  { name, version, fileName }: ArchiveInfo,
): ChartPlace {
  const repository = repositoryOf(reference, name);
  const tag = version.replaceAll('+', '_');
  if (isRepositoryName(repository) && isTag(tag))
    return { repository, tag, url: `oci://${reference.registry}/${repository}:${tag}` };
  const wrong = isTag(tag) ? `name ${JSON.stringify(name)}` : `version ${version}`;
  throw new UserError(
    'CHART_INVALID',
    `${fileName} cannot be pushed: no registry takes its ${wrong}`,
    {
      next: isTag(tag)
        ? 'Give the chart a name of small letters and digits, with single dots, dashes or underscores between.'
        : 'Give the chart a version of at most 128 characters.',
    },
  );
}
