import type { ArchiveInfo } from './archive.ts';
import type { ChartMetadata } from './metadata.ts';

/** What was read of an archive, its metadata as JSON. */
export interface ReadArchive extends Omit<ArchiveInfo, 'metadata'> {
  metadata: string;
}

/** The same, to be kept with thousands of others: bytes are not in the heap, which would grow. */
export interface ArchiveRecord extends Omit<ArchiveInfo, 'metadata'> {
  metadata: Buffer;
}

/** What a cache and a thread hand on of an archive that was read. */
export function recordOf({ metadata, ...archive }: ReadArchive): ArchiveRecord {
  return { ...archive, metadata: Buffer.from(metadata) };
}

/** Its metadata is parsed each time it is asked for. */
export function archiveOf({ metadata, ...archive }: ReadArchive | ArchiveRecord): ArchiveInfo {
  return {
    ...archive,
    get metadata() {
      return JSON.parse(metadata.toString()) as ChartMetadata;
    },
  };
}
