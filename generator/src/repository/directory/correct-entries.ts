import type { ArchiveInfo } from '../../archive/archive.ts';
import { METADATA_FIELDS } from '../../archive/metadata-shape.ts';
import { isMapping } from '../../json-object.ts';
import type { Json } from '../../model/types.ts';
import type { IndexDocument, IndexedEntry, IndexEdit } from '../index-file/types.ts';
import { differingFields } from '../metadata-difference.ts';
import { filesOfEntry } from '../index-file/named-files.ts';

export interface Correction {
  /** The archives whose entries were not right, and what is written in their place. */
  corrected: { archive: ArchiveInfo; edit: IndexEdit }[];
  /** Entries that name no archive of theirs in the folder. */
  withoutArchive: IndexedEntry[];
}

type Data = Record<string, Json>;

const dataOf = (value: Json | undefined): Data => (isMapping(value) ? value : {});

/** Annotations of the entry stay: deprecating a version writes into the index alone. */
function annotationsOf(data: Data, { metadata }: ArchiveInfo): Data {
  return { ...dataOf(data.annotations), ...dataOf(metadata.annotations) };
}

function isRight(entry: IndexedEntry, data: Data, archive: ArchiveInfo): boolean {
  const isSame = entry.digest?.toLowerCase() === archive.digest;
  return isSame && differingFields(data, archive.metadata).length === 0;
}

/** What an archive says of itself in place of what the entry said; all else stays. */
function correctedData(data: Data, archive: ArchiveInfo): Data {
  const others = Object.entries(data).filter(([field]) => !Object.hasOwn(METADATA_FIELDS, field));
  const annotations = annotationsOf(data, archive);
  return {
    ...Object.fromEntries(others),
    ...(data.deprecated !== undefined && { deprecated: data.deprecated }),
    ...archive.metadata,
    ...(Object.keys(annotations).length > 0 && { annotations }),
    digest: archive.digest,
  };
}

/**
 * Compares entries with the archives that they name.
 * @param archives called by their paths in the folder.
 */
export function correctEntries(
  document: IndexDocument,
  archives: readonly ArchiveInfo[],
): Correction {
  const byPath = new Map(archives.map((archive) => [archive.fileName, archive]));
  const correction: Correction = { corrected: [], withoutArchive: [] };
  for (const entry of [...document.charts.values()].flat()) {
    const archive = filesOfEntry(entry, '')
      .flatMap((path) => byPath.get(path) ?? [])
      .find(({ name, version }) => name === entry.chart && version === entry.version);
    const data = dataOf(entry.data);
    if (!archive) correction.withoutArchive.push(entry);
    else if (!isRight(entry, data, archive))
      correction.corrected.push({
        archive,
        edit: { kind: 'replace', entry, by: correctedData(data, archive) },
      });
  }
  return correction;
}
