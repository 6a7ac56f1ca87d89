import { statusText } from '../../files/file-status.ts';
import { OpenFile } from '../../files/open-file.ts';
import { isMissing } from '../../files/read.ts';
import { KnownDocument } from './known-document.ts';
import { type KnownLayout, WORTH_REMEMBERING_BYTES } from './known-layout.ts';
import { readKnownRecord } from './known-record.ts';
import type { ListedText } from './listed-files.ts';
import type { OpenedIndex } from './open.ts';

/** An index of which is known what a check would find, and where its charts are. */
export interface KnownIndex extends OpenedIndex {
  document: KnownDocument;
  listed: ListedText;
  layout: KnownLayout;
  /** To be closed. */
  source: OpenFile;
}

function openIfPresent(path: string): OpenFile | undefined {
  try {
    return new OpenFile(path);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

async function readKnownIndex(path: string, source: OpenFile): Promise<KnownIndex | undefined> {
  if (source.status.size < WORTH_REMEMBERING_BYTES) return undefined;
  const record = await readKnownRecord(path);
  if (record?.status !== statusText(source.status)) return undefined;
  const { layout, listed } = record;
  const document = new KnownDocument(source, path, layout);
  return { document, problems: [], listed, layout, source };
}

/**
 * An index that this user had checked or changed by this program, where its file is still the same.
 * Next to nothing of it is read.
 * @throws a system error when it cannot be looked at.
 */
export async function openKnownIndex(path: string): Promise<KnownIndex | undefined> {
  const source = openIfPresent(path);
  const index = source && (await readKnownIndex(path, source));
  if (!index) source?.close();
  return index;
}

/** Is a known index still the file that is at its path? @throws a system error */
export function isCurrent(path: string, { source }: KnownIndex): boolean {
  const file = openIfPresent(path);
  file?.close();
  return file !== undefined && statusText(file.status) === statusText(source.status);
}
