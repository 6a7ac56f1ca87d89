import type { ArchiveInfo, ChartArchive } from '../../archive/archive.ts';
import { unpackArchive } from '../../archive/unpack.ts';
import { compareNewestFirst, parseVersion, sortNewestFirst } from '../../archive/version.ts';
import { releaseNotes } from '../../changes/notes/notes.ts';

/** GitHub takes 125,000 characters, https://github.com/orgs/community/discussions/27190. */
const MAX_LENGTH = 120_000;
/** Nobody sees it. Drafts that have it are those of runs that were stopped. */
const MARK = '<!-- published by spark-charts -->';

/** The tag of a chart version, as chart-releaser names it. */
export function tagOf({ name, version }: Pick<ArchiveInfo, 'name' | 'version'>): string {
  return `${name}-${version}`;
}

/** Was a release made here, by its text? */
export function isOurs({ body }: { body: string }): boolean {
  return body.includes(MARK);
}

/** The newest of the chart's versions before this one. */
function versionBefore({ name, version }: ArchiveInfo, tags: Iterable<string>): string | undefined {
  const versions = [...tags]
    .filter((tag) => tag.startsWith(`${name}-`))
    .map((tag) => tag.slice(name.length + 1))
    .filter((text) => parseVersion(text) && compareNewestFirst(version, text) < 0);
  return sortNewestFirst(versions, (text) => text)[0];
}

/**
 * What a release says of a chart version: its notes since the version before.
 * @param tags of the chart's other releases, among them those that the same run makes.
 * @throws UserError CHART_INVALID, ARCHIVE_INVALID
 */
export function bodyOf(archive: ChartArchive, tags: Iterable<string>): string {
  const files = unpackArchive(archive.bytes, archive.fileName);
  const { text } = releaseNotes(files, archive.fileName, versionBefore(archive, tags));
  return [text.slice(0, MAX_LENGTH), MARK].filter((part) => part !== '').join('\n\n');
}
