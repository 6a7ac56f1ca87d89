import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { unpackTar } from 'modern-tar';
import { UserError } from '../errors.ts';
import type { FileSet } from '../fileset/fileset.ts';
import { MAX_CHART_SIZE } from './limits.ts';
import { pathInChart } from './read.ts';

/**
 * All files of a chart archive by their path in the chart, within the size that Helm takes.
 * @param file what to call the archive in messages.
 * @throws UserError ARCHIVE_INVALID
 */
export async function unpackArchive(bytes: Uint8Array, file: string): Promise<FileSet> {
  const files = new Map<string, Uint8Array>();
  try {
    const tar = await promisify(gunzip)(bytes, { maxOutputLength: MAX_CHART_SIZE });
    for (const { header, data } of await unpackTar(tar, { strict: true })) {
      const path = pathInChart({ name: header.name, isFolder: header.type === 'directory' });
      if (path !== undefined && header.type === 'file') files.set(path, data ?? new Uint8Array());
    }
  } catch (error) {
    throw new UserError('ARCHIVE_INVALID', `${file} is no chart archive: ${reasonOf(error)}`, {
      cause: error,
    });
  }
  return files;
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const isTooLarge = 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
  return isTooLarge ? `it unpacks to more than ${MAX_CHART_SIZE} bytes` : error.message;
}
