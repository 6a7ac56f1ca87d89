/** A path as a pattern that means it and nothing else (https://git-scm.com/docs/gitignore). */
function patternOf(path: string): string {
  return `/${path.replaceAll(/[\\*?[]/g, String.raw`\$&`)}`;
}

/**
 * The patterns of `git sparse-checkout` for some files in a folder, and for a file that stands where
 * the folder, or one above it, is to be.
 * @param folder path from the top, empty for the top itself.
 * @param files names or paths in the folder.
 */
export function sparsePatterns(folder: string, files: readonly string[]): string[] {
  const names = folder === '' ? [] : folder.split('/');
  const above = names.map((_, depth) => patternOf(names.slice(0, depth + 1).join('/')));
  const paths = files.map((file) => [...names, file].join('/'));
  return [...above.flatMap((pattern) => [pattern, `!${pattern}/`]), ...paths.map(patternOf)];
}
