import { basename, resolve } from 'node:path';
import { gte } from 'semver';
import { UserError } from '../errors.ts';
import type { Problem } from '../errors.ts';
import { AuthoredFiles } from './authored-files.ts';
import type { Authored } from './authored-files.ts';
import { partialFiles, strayFiles } from './layout.ts';
import type { SourceTree } from './layout.ts';
import { checkUnusedComponents, loadCharts } from './load-charts.ts';
import { loadComponents } from './load-components.ts';
import { loadLines } from './load-lines.ts';
import { readSourceTree } from './read-source-tree.ts';
import type { Catalog } from './catalog.ts';

/** catalog.yaml, which names its lines and charts. */
export type CatalogFile = Pick<
  Catalog,
  'repository' | 'home' | 'sources' | 'license' | 'maintainers' | 'kubernetes'
> & { lines: string[]; charts: string[] };

/**
 * Reads and checks a charts-src folder: every file against its schema, references, names, and
 * the defaults and cases of every chart against its model.
 * @throws UserError SOURCE_INVALID with the mistakes of all files, FILE_SYSTEM when a file cannot
 *   be read.
 */
export async function loadCatalog(directory: string): Promise<Catalog> {
  const folder = resolve(directory);
  return parseCatalog(folder, await readSourceTree(folder));
}

/** As {@link loadCatalog}, from files in memory. */
export function parseCatalog(directory: string, tree: SourceTree): Catalog {
  const files = new AuthoredFiles(directory, tree);
  for (const path of strayFiles(tree)) {
    files.problems.push({
      file: files.named(path),
      message: 'charts-src has no place for this file',
    });
  }
  const components = loadComponents(files);
  const catalog = files.yaml<CatalogFile>('catalog.yaml', 'catalog');
  if (catalog) {
    checkKubernetes(files, catalog);
    const lines = loadLines(files, catalog);
    const charts = loadCharts(files, catalog, lines, components);
    checkUnusedComponents(files, charts, components);
    if (files.problems.length === 0) {
      return {
        ...catalog.data,
        directory,
        lines,
        charts,
        components,
        partials: partialFiles(tree),
      };
    }
  }
  throw new UserError('SOURCE_INVALID', `${basename(directory)} has mistakes`, {
    problems: inOrder(files.problems),
  });
}

function checkKubernetes(files: AuthoredFiles, { data, source }: Authored<CatalogFile>): void {
  const { oldest, newest } = data.kubernetes;
  if (gte(`${newest}.0`, `${oldest}.0`)) return;
  const message = `${newest} is older than ${oldest}`;
  files.problems.push(source.problem(['kubernetes', 'newest'], message));
}

/** By file and place, each once: what a fragment has wrong is wrong wherever it is used. */
function inOrder(problems: Problem[]): Problem[] {
  const unique = new Map(
    problems.map((problem) => [JSON.stringify({ ...problem, path: undefined }), problem]),
  );
  const text = ({ file = '' }: Problem) => file;
  return [...unique.values()].sort(
    (a, b) =>
      (text(a) === text(b) ? 0 : text(a) < text(b) ? -1 : 1) ||
      (a.line ?? 0) - (b.line ?? 0) ||
      (a.column ?? 0) - (b.column ?? 0),
  );
}
