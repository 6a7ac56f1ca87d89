import { isMapping } from '../../json-object.ts';
import type { Json } from '../../model/types.ts';
import { entryProblems, timeProblems } from './entry-problems.ts';
import { dataInHelmTypes } from './helm-types.ts';
import { type Misshape, ShapeCheck, TOP_FIELDS } from './helm-shape.ts';
import type { IndexDocument, IndexedEntry, IndexProblem } from './types.ts';

/** Problems of a chart; the lines are left out, see {@link withLines}. */
function chartProblems(
  document: IndexDocument,
  isJson: boolean,
  chart: string,
  entries: readonly IndexedEntry[],
): IndexProblem[] {
  const seen = new Set<string>();
  return entries.flatMap((indexed) => {
    const { position, version } = indexed;
    const found = entryProblems(chart, dataInHelmTypes(document, indexed), isJson);
    if (version !== undefined && seen.has(version)) {
      const message = `${JSON.stringify(version)} is listed before, Helm takes either`;
      found.push({ path: 'version', message });
    }
    if (version !== undefined) seen.add(version);
    const entry = `entries.${chart}[${position}]`;
    return found.map(({ path, ...problem }) => {
      const at = path === '' ? entry : `${entry}.${path}`;
      return { ...problem, file: document.file, path: at, chart, position };
    });
  });
}

function headProblems({ file, head }: IndexDocument, isJson: boolean): IndexProblem[] {
  const shapes = new ShapeCheck(isJson);
  // ChartMuseum's own, which Helm reads in any form.
  const fields = [...head].filter(([field]) => field !== 'serverInfo');
  shapes.fields(Object.fromEntries(fields), TOP_FIELDS);
  return [...shapes.found, ...timeProblems(head.get('generated'), 'generated')].map((problem) => ({
    ...problem,
    file,
  }));
}

/** What is wrong with an entry that an index in YAML gains, one that is there already among it. */
export function findEntryProblems(
  { charts }: IndexDocument,
  chart: string,
  entry: Json,
): Misshape[] {
  const known = charts.get(chart) ?? [];
  const isListed = known.some(({ version }) => isMapping(entry) && version === entry.version);
  return [
    ...entryProblems(chart, entry, false),
    ...(isListed ? [{ path: 'version', message: 'it is listed before' }] : []),
  ];
}

/** Each problem of an entry with the line that the entry starts on. */
export function withLines(
  document: IndexDocument,
  problems: readonly IndexProblem[],
): IndexProblem[] {
  const { bytes, charts } = document;
  const starts = problems.map(
    ({ chart, position }) => charts.get(chart ?? '')?.[position ?? 0]?.range.start ?? 0,
  );
  const lines = new Map<number, number>();
  let [at, line] = [0, 1];
  for (const start of new Set(starts.toSorted((a, b) => a - b))) {
    for (
      let next = bytes.indexOf(10, at);
      next >= 0 && next < start;
      next = bytes.indexOf(10, at)
    ) {
      at = next + 1;
      line += 1;
    }
    lines.set(start, line);
  }
  return problems.map((problem, index) => {
    const start = starts[index] ?? 0;
    return start === 0 ? problem : { ...problem, line: lines.get(start) ?? 1 };
  });
}

/**
 * What Helm 3 and 4 would refuse, pass over or not be able to use, and what Artifact Hub would not
 * list; entries stay in the index all the same.
 * @param isJson Helm reads JSON by other rules than YAML.
 * @param only the charts to look at; all without.
 */
export function findProblems(
  document: IndexDocument,
  { isJson, only }: { isJson: boolean; only?: ReadonlySet<string | undefined> },
): IndexProblem[] {
  const charts = [...document.charts].filter(([chart]) => only?.has(chart) ?? true);
  return [
    ...headProblems(document, isJson),
    ...charts.flatMap(([chart, entries]) => chartProblems(document, isJson, chart, entries)),
  ];
}
