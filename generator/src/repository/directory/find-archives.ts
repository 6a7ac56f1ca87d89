import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Paths of the archives in a folder and in its folders, which is where `helm repo index` looks.
 * @throws a system error
 */
export async function findArchives(directory: string): Promise<string[]> {
  const paths: string[] = [];
  for (const entry of await readdir(directory, { withFileTypes: true })) {
    if (entry.name.startsWith('.')) continue;
    if (!entry.isDirectory()) paths.push(entry.name);
    else
      for (const name of await readdir(join(directory, entry.name)))
        paths.push(`${entry.name}/${name}`);
  }
  return paths.filter((path) => path.endsWith('.tgz')).toSorted();
}
