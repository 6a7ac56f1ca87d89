import { existsSync } from 'node:fs';
import { fileHolds } from '../../files/holds.ts';
import { replaceFile } from '../../files/replace-file.ts';
import { indexJson } from '../index-file/json.ts';
import type { IndexDocument } from '../index-file/types.ts';

/** The file of the same index as JSON. */
export function jsonBeside(path: string): string {
  return path.replace(/\.yaml$/, '.json');
}

/** Is the index there as JSON, too? */
export function hasJson(path: string): boolean {
  return existsSync(jsonBeside(path));
}

/**
 * Writes an index as JSON beside its YAML, for clients that load that more quickly.
 * @param path of the YAML.
 * @returns false where it was there already.
 * @throws UserError FILE_SYSTEM; system errors.
 */
export function writeJson(path: string, document: IndexDocument): boolean {
  const file = jsonBeside(path);
  const bytes = indexJson(document);
  if (existsSync(file) && fileHolds(file, bytes)) return false;
  return replaceFile(file, bytes);
}
