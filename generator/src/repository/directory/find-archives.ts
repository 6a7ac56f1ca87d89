import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isFolder } from '../../files/folder.ts';

/** What is in a folder, by its path in the folder above; of anything else its own name. */
async function pathsIn(directory: string, name: string): Promise<string[]> {
  const path = join(directory, name);
  return isFolder(path) ? (await readdir(path)).map((file) => `${name}/${file}`) : [name];
}

/**
 * Paths, in no order, of the archives in a folder and in its folders, links to folders among them,
 * which is where `helm repo index` looks; but for names in the folder that begin with a dot.
 * @throws a system error
 */
export async function findArchives(directory: string): Promise<string[]> {
  const paths: string[] = [];
  for (const entry of await readdir(directory, { withFileTypes: true })) {
    const { name } = entry;
    if (name.startsWith('.')) continue;
    if (entry.isFile()) paths.push(name);
    else for (const path of await pathsIn(directory, name)) paths.push(path);
  }
  return paths.filter((path) => path.endsWith('.tgz'));
}
