import type { SourceFile } from './catalog.ts';

/** The authored files: path below charts-src, with `/` between folders → bytes; sorted by path. */
export type SourceTree = ReadonlyMap<string, Buffer>;

/** The files that charts-src may hold; see docs/authoring.md. */
const FILES = [
  /^README\.md$/,
  /^catalog\.yaml$/,
  /^lines\/[^/]+\.yaml$/,
  /^model\/[^/]+\.yaml$/,
  /^partials\/[^/]+\.hbs$/,
  /^components\/[^/]+\/((model|rules)\.yaml|README\.md)$/,
  /^charts\/[^/]+\/((chart|lint)\.yaml|notes\.txt(\.hbs)?|readme\.hbs)$/,
];

/** Folders whose files have names of the author's choice. */
const FOLDERS = [/^components\/[^/]+\/templates\//, /^charts\/[^/]+\/(ci|tests|files)\//];

/** Whether a path belongs to one of the files that the model is read from. */
export function isFilePath(path: string): boolean {
  return FILES.some((pattern) => pattern.test(path));
}

/** Paths that are none of the files charts-src may hold. */
export function strayFiles(tree: SourceTree): string[] {
  const hasPlace = (path: string) =>
    isFilePath(path) || FOLDERS.some((pattern) => pattern.test(path));
  return [...tree.keys()].filter((path) => !hasPlace(path));
}

/** Names of the folders or files right below a folder, without `.yaml`. */
export function namesIn(tree: SourceTree, folder: string): string[] {
  const names = [...tree.keys()]
    .filter((path) => path.startsWith(`${folder}/`))
    .map((path) => path.slice(folder.length + 1).split('/', 1)[0] ?? '');
  return [...new Set(names)].map((name) => name.replace(/\.(yaml|hbs)$/, ''));
}

/** Where a file of a component goes in a chart; undefined for those that are data of the model. */
function componentTarget(component: string, path: string): string | undefined {
  return path.startsWith('templates/') ? path.replace('/', `/${component}/`) : undefined;
}

/** What a chart's folder says to its lint. */
const LINT_CONFIGURATION = '.spark-charts-lint.yaml';

/** Where a file of a chart goes; `README.md` is the hand-written part of that file. */
function chartTarget(path: string): string | undefined {
  if (path === 'chart.yaml') return undefined;
  if (path === 'lint.yaml') return LINT_CONFIGURATION;
  if (path === 'readme.hbs') return 'README.md';
  if (/^notes\.txt(\.hbs)?$/.test(path)) return 'templates/NOTES.txt';
  return path;
}

/** The files that every chart with this component takes over. */
export function componentFiles(tree: SourceTree, component: string): SourceFile[] {
  return sourceFiles(tree, `components/${component}`, (path) => componentTarget(component, path));
}

/** The files of one chart, besides chart.yaml. */
export function chartFiles(tree: SourceTree, chart: string): SourceFile[] {
  return sourceFiles(tree, `charts/${chart}`, chartTarget);
}

/** Handlebars partials by name. */
export function partialFiles(tree: SourceTree): Map<string, SourceFile> {
  const files = sourceFiles(tree, 'partials', (path) => path);
  return new Map(files.map((file) => [file.target, file]));
}

function sourceFiles(
  tree: SourceTree,
  folder: string,
  target: (path: string) => string | undefined,
): SourceFile[] {
  return [...tree].flatMap(([source, content]) => {
    const path = source.startsWith(`${folder}/`) && target(source.slice(folder.length + 1));
    if (!path) return [];
    const rendered = source.endsWith('.hbs');
    return [{ source, target: path.replace(/\.hbs$/, ''), content, rendered }];
  });
}
