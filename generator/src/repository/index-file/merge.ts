import type { IndexDocument, IndexEdit, IndexedEntry } from './types.ts';

/**
 * What the first index lacks and the second one has. Where both have a version of a chart or a field
 * at the top, that of the first stays.
 */
export function mergeEdits(first: IndexDocument, second: IndexDocument): IndexEdit[] {
  const fields = [...second.head]
    .filter(([field]) => !first.head.has(field))
    .map(([field, value]) => ({ kind: 'head', field, value }) as const);
  const entries = [...second.charts].flatMap(([chart, list]) => {
    const known = new Set(first.charts.get(chart)?.map(identityOf));
    return list
      .filter((entry) => !known.has(identityOf(entry)))
      .map(({ data }) => ({ kind: 'add', chart, entry: data }) as const);
  });
  return [...fields, ...entries];
}

/** Two entries of a chart are the same one when this is equal: the exact version, else all of it. */
function identityOf(entry: IndexedEntry): string {
  return entry.version === undefined
    ? `entry ${JSON.stringify(entry.data)}`
    : `version ${entry.version}`;
}
