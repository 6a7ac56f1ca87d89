import { isStable, parseVersion, sortNewestFirst } from '../../archive/version.ts';

/** `1.2` of 1.2.3; undefined for what is no version. */
function seriesOf(text: string): string | undefined {
  const version = parseVersion(text);
  return version && `${version.major}.${version.minor}`;
}

/** The versions of one series that stay. */
function retainedInSeries(versions: readonly string[], keep: number): string[] {
  const sorted = sortNewestFirst(versions, (version) => version);
  const newestStable = sorted.findIndex(isStable);
  const upcoming = newestStable < 0 ? sorted : sorted.slice(0, newestStable);
  return [...upcoming.slice(0, keep), ...sorted.filter(isStable).slice(0, keep)];
}

/**
 * The versions of one chart that stay for their own sake: of each series `major.minor` the newest
 * stable ones, and the newest pre-releases that no stable version of the series has overtaken. So
 * the newest stable version of a chart always stays. What is no version to Helm stays as well.
 * @param keep how many of each kind, at least 1.
 */
export function retainedVersions(versions: Iterable<string>, keep: number): Set<string> {
  const series = Map.groupBy(new Set(versions), seriesOf);
  return new Set(
    [...series].flatMap(([name, members]) =>
      name === undefined ? members : retainedInSeries(members, keep),
    ),
  );
}
