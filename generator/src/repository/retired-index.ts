import { statSync } from 'node:fs';
import { join } from 'node:path';
import { isMapping } from '../json-object.ts';
import type { Json } from '../model/types.ts';
import { readDirectoryIndex } from './directory/directory-index.ts';
import type { IndexDocument, IndexedEntry } from './index-file/types.ts';

const FOLDER = 'archive';
const UP = '../';

/**
 * Where entries go that prune and yank take out of the index. It is a repository of its own, for
 * `helm repo add old URL/archive`; the archives stay where they were.
 */
export const RETIRED_INDEX = `${FOLDER}/index.yaml`;

/**
 * The retired index of a folder; undefined where nothing is retired.
 * @throws UserError INDEX_INVALID, FILE_SYSTEM; a system error where it cannot be looked at.
 */
export async function readRetiredIndex(directory: string): Promise<IndexDocument | undefined> {
  // Most repositories have none, and an empty index takes time to make.
  if (!statSync(join(directory, RETIRED_INDEX), { throwIfNoEntry: false })) return undefined;
  const { document, exists } = await readDirectoryIndex(directory, RETIRED_INDEX);
  return exists ? document : undefined;
}

// A scheme, `//host` or `/path`: means the same wherever the index is.
const FIXED = /^(?:[a-z][a-z\d+.-]*:|\/)/i;

/** A url of the index as the retired index has it. */
export function retiredUrl(url: string): string {
  return FIXED.test(url) ? url : UP + url;
}

/** A url of the retired index as the index has it. */
export function restoredUrl(url: string): string {
  if (FIXED.test(url)) return url;
  return url.startsWith(UP) ? url.slice(UP.length) : `${FOLDER}/${url}`;
}

/** The data of an entry with each of its urls changed. */
export function withUrls({ data }: IndexedEntry, change: (url: string) => string): Json {
  if (!isMapping(data) || !Array.isArray(data.urls)) return data;
  const urls = data.urls.map((url) => (typeof url === 'string' ? change(url) : url));
  return { ...(data as Record<string, Json>), urls };
}
