import { join } from 'node:path';
import { fileSystemError } from './errors.ts';
import { digestOfFiles, sha256 } from './files/digest.ts';
import { digestOfFolder } from './files/folder-digest.ts';
import { readFilesIfPresent } from './files/read.ts';

/** Schemas and the Helm it is built with. */
const FOLDERS = ['generator/helm-engine', 'schemas', 'tools'];
/** The versions of the libraries it uses; only a checkout has them locked. */
const MANIFESTS = ['package.json', 'package-lock.json'];

/**
 * SHA-256 in hex of this program and all that decides what it finds in a chart.
 * @param directory its package.
 * @param code the folder of its modules.
 * @throws UserError `FILE_SYSTEM`
 */
export async function digestOfProgram(directory: string, code: string): Promise<string> {
  const folders = [code, ...FOLDERS.map((folder) => join(directory, folder))];
  const digests = [
    ...folders.map((folder) => digestOfFolder(folder)),
    await digestOfManifests(directory),
  ];
  return sha256(digests.join('\n'));
}

async function digestOfManifests(directory: string): Promise<string> {
  try {
    return digestOfFiles(await readFilesIfPresent(directory, MANIFESTS));
  } catch (error) {
    throw fileSystemError(error, `reading ${directory}`);
  }
}
