import { join } from 'node:path';
import type { ArchiveInfo } from '../../archive/archive.ts';
import { fileSystemError, UserError } from '../../errors.ts';
import { readFilesIfPresent } from '../../files/read.ts';
import { jsonObject, textField } from '../../json-object.ts';

/** A software bill of materials of an archive. */
export interface Sbom {
  fileName: string;
  /** As IANA has registered it. */
  mediaType: string;
  bytes: Uint8Array;
}

/** SBOMs by the file name of their archive. */
export type Sboms = ReadonlyMap<string, readonly Sbom[]>;

interface Format {
  ending: string;
  mediaType: string;
  isIn: (document: Record<string, unknown>) => boolean;
}

const FORMATS: readonly Format[] = [
  {
    ending: '.spdx.json',
    mediaType: 'application/spdx+json',
    // From 3.0 on it is JSON-LD.
    isIn: (document) => textField(document, 'spdxVersion') !== '' || '@context' in document,
  },
  {
    ending: '.cdx.json',
    mediaType: 'application/vnd.cyclonedx+json',
    isIn: (document) => textField(document, 'bomFormat') === 'CycloneDX',
  },
];

/**
 * Reads the SBOMs of archives, `<archive>.spdx.json` and `<archive>.cdx.json` in a folder.
 * @throws UserError USAGE where an archive has none, or a file is of another format; FILE_SYSTEM
 */
export async function readSboms(
  folder: string,
  archives: readonly ArchiveInfo[],
): Promise<Map<string, Sbom[]>> {
  const sboms = new Map<string, Sbom[]>();
  for (const { fileName } of archives) sboms.set(fileName, await readSbomsOf(folder, fileName));
  return sboms;
}

async function readSbomsOf(folder: string, archive: string): Promise<Sbom[]> {
  const names = FORMATS.map(({ ending }) => archive + ending);
  const files = await readFilesIfPresent(folder, names).catch((error: unknown) => {
    throw fileSystemError(error, `reading SBOMs in ${folder}`);
  });
  const sboms = FORMATS.flatMap(({ ending, mediaType, isIn }) => {
    const [fileName, bytes] = [archive + ending, files.get(archive + ending)];
    if (!bytes) return [];
    const document = jsonObject(bytes);
    if (!document || !isIn(document))
      throw new UserError('USAGE', `${join(folder, fileName)} is no JSON of ${mediaType}`, {
        next: 'Have the tool that makes SBOMs write it in that format.',
      });
    return [{ fileName, mediaType, bytes }];
  });
  if (sboms.length > 0) return sboms;
  throw new UserError('USAGE', `${folder} has no SBOM of ${archive}`, {
    next: `Write it there as ${names.join(' or ')}.`,
  });
}
