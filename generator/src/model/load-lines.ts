import { compare, valid } from 'semver';
import { didYouMean } from '../nearest.ts';
import type { Authored, AuthoredFiles } from './authored-files.ts';
import type { CatalogFile } from './load-catalog.ts';
import type { Line } from './catalog.ts';

/** The Spark lines that catalog.yaml names; the others and what is wrong with them are problems. */
export function loadLines(files: AuthoredFiles, catalog: Authored<CatalogFile>): Line[] {
  const names = files.names('lines');
  const loaded = new Map(names.map((name) => [name, loadLine(files, name)]));
  catalog.data.lines.forEach((name, index) => {
    if (loaded.has(name)) return;
    const hint = didYouMean(name, names);
    const message = `there is no ${files.named(`lines/${name}.yaml`)}`;
    files.problems.push(
      catalog.source.problem(['lines', index], message, hint === undefined ? {} : { hint }),
    );
  });
  for (const name of names.filter((name) => !catalog.data.lines.includes(name))) {
    files.problems.push({
      file: files.named(`lines/${name}.yaml`),
      message: 'catalog.yaml does not list this line',
    });
  }
  const lines = catalog.data.lines.flatMap((name) => loaded.get(name) ?? []);
  lines.forEach((line, index) => {
    const newer = lines[index - 1];
    if (!newer || compare(newer.version, line.version) > 0) return;
    const place = ['lines', catalog.data.lines.indexOf(line.line)];
    files.problems.push(catalog.source.problem(place, 'lines stand newest first'));
  });
  return lines;
}

function loadLine(files: AuthoredFiles, name: string): Line | undefined {
  const file = files.yaml<Line>(`lines/${name}.yaml`, 'line');
  if (!file) return undefined;
  const { data, source } = file;
  const before = files.problems.length;
  if (data.line !== name) {
    files.problems.push(source.problem(['line'], `the file is named for line "${name}"`));
  }
  if (valid(data.version) !== data.version) {
    files.problems.push(
      source.problem(['version'], `"${data.version}" is not a version such as 4.3.0`),
    );
  } else if (!data.version.startsWith(`${data.line}.`)) {
    files.problems.push(
      source.problem(['version'], `${data.version} is not a version of line ${data.line}`),
    );
  }
  return files.problems.length === before ? data : undefined;
}
