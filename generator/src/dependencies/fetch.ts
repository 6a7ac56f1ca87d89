import type { ChartArchive } from '../archive/archive.ts';
import { packLocalChart } from './local.ts';
import { pullRegistryChart } from './registry.ts';
import { fetchRepositoryChart } from './repository.ts';
import { type FetchOptions, isWanted, type Source, unavailable, type Wanted } from './source.ts';

const SOURCES: readonly [kind: RegExp, source: Source][] = [
  [/^file:\/\//, packLocalChart],
  [/^oci:\/\//, pullRegistryChart],
  [/^https?:\/\//i, fetchRepositoryChart],
];

/** Names of repositories are set up by `helm repo add`: another machine has others, or none. */
const ALIAS = /^(?:@|alias:)/;

/**
 * Gets the archive of a chart that another one depends on.
 * @throws UserError DEPENDENCIES_INVALID where there is none that fits, and see the sources.
 */
export async function fetchDependency(
  wanted: Wanted,
  options: FetchOptions,
): Promise<ChartArchive> {
  const { name, repository } = wanted;
  const [, source] = SOURCES.find(([kind]) => kind.test(repository)) ?? [];
  if (source === undefined)
    throw unavailable(
      wanted,
      ALIAS.test(repository)
        ? `the name of a repository means something only where it was set up with helm repo add`
        : 'a repository is an https://, oci:// or file:// URL',
      'Write the URL of the repository into Chart.yaml.',
    );
  const archive = await source(wanted, options);
  if (archive.name !== name) throw unavailable(wanted, `the chart there is called ${archive.name}`);
  if (!isWanted(archive.version, wanted))
    throw unavailable(wanted, `the chart there has version ${archive.version}`);
  return archive;
}
