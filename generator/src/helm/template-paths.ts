import { parse } from 'yaml';
import type { FileSet } from '../fileset/fileset.ts';

/** The name and version of a chart that loads. */
export function readChartYaml(files: FileSet): { name: string; version: string } {
  const text = Buffer.from(files.get('Chart.yaml') ?? '').toString();
  const { name, version } = parse(text) as { name: string; version: string };
  return { name, version };
}

/**
 * The templates of a chart and its subcharts, by path as Helm's `# Source:` lines have them, in
 * code unit order.
 * @param files those of a chart that loads; its subcharts are folders.
 */
export function templatePaths(files: FileSet): string[] {
  return pathsBelow(files, '').sort();
}

function pathsBelow(files: FileSet, prefix: string): string[] {
  const { name } = readChartYaml(files);
  const own = [...files.keys()].filter((path) => path.startsWith('templates/'));
  const below = [...subcharts(files)].flatMap(([folder, subchart]) =>
    // Helm passes over such names.
    /^[_.]/.test(folder) ? [] : pathsBelow(subchart, `${prefix}${name}/charts/`),
  );
  return [...own.map((path) => `${prefix}${name}/${path}`), ...below];
}

function subcharts(files: FileSet): Map<string, Map<string, Uint8Array>> {
  const found = new Map<string, Map<string, Uint8Array>>();
  for (const [path, bytes] of files) {
    const [, folder, below] = /^charts\/([^/]+)\/(.+)$/s.exec(path) ?? [];
    if (folder === undefined || below === undefined) continue;
    found.set(folder, (found.get(folder) ?? new Map<string, Uint8Array>()).set(below, bytes));
  }
  return found;
}
