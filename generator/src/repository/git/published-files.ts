import type { ChartArchive } from '../../archive/archive.ts';
import { provenanceName } from '../../provenance/provenance-file.ts';
import { INDEX_FILE } from '../directory/directory-index.ts';
import { jsonBeside } from '../directory/json-index.ts';
import { RETIRED_INDEX } from '../retired-index.ts';
import type { PublishPlan } from '../store.ts';

/** The files that publishing looks at or writes. */
export function filesFor(archives: readonly ChartArchive[]): string[] {
  const indexes = [INDEX_FILE, RETIRED_INDEX].flatMap((file) => [file, jsonBeside(file)]);
  const names = archives.map(({ fileName }) => fileName);
  return [...indexes, ...names, ...names.map(provenanceName)];
}

/** The files that a plan brings or lists. */
export function newFiles({ uploads, additions, overwrites, provenance }: PublishPlan): string[] {
  const listed = additions.map(({ name, version }) => `${name}-${version}.tgz`);
  const archives = [...uploads, ...overwrites].map(({ fileName }) => fileName);
  return [...new Set([...listed, ...archives, ...provenance])];
}
