import type { FileSet } from '../fileset/fileset.ts';
import { chartEntries } from './chart-entries.ts';
import { archiveInvalid } from './read.ts';

/**
 * All files of a chart archive by their path in the chart, within the sizes that Helm takes. A link
 * is an empty file, as to Helm.
 * @param file what to call the archive in messages.
 * @throws UserError ARCHIVE_INVALID
 */
export function unpackArchive(bytes: Uint8Array, file: string): FileSet {
  try {
    return new Map(
      Array.from(chartEntries(bytes), ({ path, content }) => [path, Buffer.from(content)]),
    );
  } catch (error) {
    throw archiveInvalid(error, file);
  }
}
