import { isStable, sortNewestFirst } from '../../../archive/version.ts';
import type { Problem } from '../../../errors.ts';
import type { CheckedIndex, IndexDocument } from '../../index-file/types.ts';
import { type ChartVersion, chartVersions } from '../chart-reference.ts';
import { changedFields, type FieldChange, keysOf } from './fields.ts';
import {
  type BytesChange,
  changedVersions,
  type EntryChange,
  lackingVersions,
} from './versions.ts';

/** A repository at one time. */
export interface RepositoryState extends CheckedIndex {
  /** What was taken out of its index, where that is known. */
  retired?: IndexDocument;
}

/** What became of a repository. */
export interface RepositoryDiff {
  bytesChanged: BytesChange[];
  /** Neither in the index any more nor among what is retired. */
  removed: ChartVersion[];
  /** Moved into the index of retired versions. */
  retired: ChartVersion[];
  /** Moved back from there. */
  restored: ChartVersion[];
  added: ChartVersion[];
  fieldsChanged: EntryChange[];
  /** What `helm install` takes without a version; absent where a chart has no stable one. */
  newestChanged: { name: string; before?: string; after?: string }[];
  /** Fields at the top of the index. */
  headChanged: FieldChange[];
  /** What is wrong in the index and was not before. */
  problems: Problem[];
}

/** Splits versions into those that an index lists and the others. */
function splitByListing(versions: readonly ChartVersion[], index: IndexDocument | undefined) {
  const isListed = ({ name, version }: ChartVersion) =>
    index?.charts.get(name)?.some((entry) => entry.version === version) === true;
  return {
    listed: versions.filter(isListed),
    others: versions.filter((version) => !isListed(version)),
  };
}

function newestOf({ charts }: IndexDocument, chart: string): string | undefined {
  const versions = chartVersions(charts.get(chart) ?? []).map(({ version }) => version);
  return sortNewestFirst(versions.filter(isStable), (version) => version)[0];
}

function newestChanges(
  before: IndexDocument,
  after: IndexDocument,
): RepositoryDiff['newestChanged'] {
  return keysOf(before.charts, after.charts).flatMap((name) => {
    const [old, now] = [newestOf(before, name), newestOf(after, name)];
    if (old === now) return [];
    return [
      { name, ...(old !== undefined && { before: old }), ...(now !== undefined && { after: now }) },
    ];
  });
}

/** A problem wherever its entry stands among those of its chart. */
function problemKey({ message, path = '' }: Problem): string {
  return JSON.stringify([message, path.replace(/\[\d+\]/, '')]);
}

/** What became of a repository between two times, worst first. */
export function diffRepositories(before: RepositoryState, after: RepositoryState): RepositoryDiff {
  const [old, now] = [before.document, after.document];
  const gone = splitByListing(lackingVersions(old, now), after.retired);
  const come = splitByListing(lackingVersions(now, old), before.retired);
  const { bytesChanged, fieldsChanged } = changedVersions(old, now);
  const known = new Set(before.problems.map(problemKey));
  return {
    bytesChanged,
    removed: gone.others,
    retired: gone.listed,
    restored: come.listed,
    added: come.others,
    fieldsChanged,
    newestChanged: newestChanges(old, now),
    headChanged: changedFields(old.head, now.head),
    problems: after.problems.filter((problem) => !known.has(problemKey(problem))),
  };
}
