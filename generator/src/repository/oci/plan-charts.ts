import type { ArchiveInfo } from '../../archive/archive.ts';
import type { Problem } from '../../errors.ts';
import { provenanceName } from '../../provenance/provenance-file.ts';
import { createEntry, timestamp } from '../index-file/entry.ts';
import { plannedArchive, plannedOverwrite, planVersions } from '../plan.ts';
import type { PublishPlan } from '../store.ts';
import { type FoundChart, isPublished } from './found-chart.ts';
import { listingOf } from './tag.ts';

/**
 * What there is to do so that charts are published; of SBOMs it says nothing.
 * @param allowOverwrite may a tag that names a chart name another one?
 * @throws UserError VERSION_EXISTS
 */
export function planCharts(charts: readonly FoundChart[], allowOverwrite: boolean): PublishPlan {
  const found = new Map<ArchiveInfo, FoundChart>(charts.map((chart) => [chart.archive, chart]));
  const chartsOf = (archives: readonly ArchiveInfo[]) =>
    archives.flatMap((archive) => found.get(archive) ?? []);
  const present = charts.filter(isPublished);
  const { uploads, additions, overwrites, unchanged, warnings } = planVersions([...found.keys()], {
    find: (archive) => {
      const tag = found.get(archive)?.tag;
      return tag && listingOf(tag);
    },
    digests: new Map(present.map(({ archive: { fileName, digest } }) => [fileName, digest])),
    mayOverwrite: (archive) => allowOverwrite && found.get(archive)?.tag?.chart !== undefined,
  });
  const created = timestamp();
  const signed = chartsOf(uploads).filter(({ archive }) => archive.provenance);
  const overwritten = chartsOf(overwrites.map(({ archive }) => archive));
  return {
    uploads: uploads.map(plannedArchive),
    additions: chartsOf(additions).map(({ archive, place }) =>
      createEntry(archive, place.url, created),
    ),
    overwrites: overwritten.map(({ archive, tag }) =>
      plannedOverwrite(
        { archive, replaces: tag?.chart?.digest },
        tag?.chart?.hasProvenance === true && !archive.provenance,
      ),
    ),
    unchanged: unchanged.map(plannedArchive),
    provenance: signed.map(({ archive }) => provenanceName(archive.fileName)),
    sboms: [],
    warnings: [
      ...warnings,
      ...present.filter(isToBeSigned).map(withoutProvenance),
      ...overwritten.map(overwriteNotice),
    ],
  };
}

function isToBeSigned({ archive, tag }: FoundChart): boolean {
  return archive.provenance !== undefined && tag?.chart?.hasProvenance === false;
}

function withoutProvenance({ archive: { name, version, fileName } }: FoundChart): Problem {
  return {
    message: `${name} ${version} is published without provenance and stays so`,
    file: fileName,
  };
}

/** What clients will see of an overwritten version. */
function overwriteNotice({ archive, place, tag }: FoundChart): Problem {
  const { name, version, fileName } = archive;
  const old = `${place.url.slice(0, -`:${place.tag}`.length)}@${tag?.manifest.digest ?? ''}`;
  return {
    message: `${name} ${version} is overwritten: its tag names the new manifest at once, and the old one stays at ${old} until the registry removes what no tag names`,
    file: fileName,
    hint: 'Who pulls the tag gets other bytes from then on, who has pinned the digest keeps the old ones, and what is attached to the old manifest (signatures, SBOMs, attestations) does not vouch for the new one.',
  };
}
