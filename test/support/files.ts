import { readFile, writeFile } from 'node:fs/promises';

/** Replaces the first match in a file; fails when there is none. */
export async function replaceInFile(
  path: string,
  pattern: string | RegExp,
  replacement: string,
): Promise<void> {
  const before = await readFile(path, 'utf8');
  const after = before.replace(pattern, () => replacement);
  if (after === before) throw new Error(`${path} has no ${String(pattern)}`);
  await writeFile(path, after);
}
