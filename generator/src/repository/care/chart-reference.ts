import { type Problem, UserError } from '../../errors.ts';
import { didYouMean } from '../../nearest.ts';
import { findEntries } from '../index-file/entry.ts';
import type { IndexDocument, IndexedEntry } from '../index-file/types.ts';

/** A version of a chart. */
export interface ChartVersion {
  name: string;
  version: string;
}

/** What a person names as `demo` or `demo@1.2.3`; all versions where none is given. */
export interface ChartReference {
  chart: string;
  version?: string;
}

/** Reads `demo` or `demo@1.2.3`. */
export function parseReference(text: string): ChartReference {
  const at = text.lastIndexOf('@');
  return at < 0 ? { chart: text } : { chart: text.slice(0, at), version: text.slice(at + 1) };
}

/**
 * Reads `demo@1.2.3`.
 * @throws UserError USAGE for a chart without a version.
 */
export function parseVersionReference(text: string): Required<ChartReference> {
  const { chart, version } = parseReference(text);
  if (version !== undefined) return { chart, version };
  throw new UserError('USAGE', `${text} names no version`, {
    next: `Write CHART@VERSION, such as ${text}@1.2.3.`,
  });
}

/** The entries of an index that a reference means. */
export function referencedEntries(
  document: IndexDocument,
  { chart, version }: ChartReference,
): IndexedEntry[] {
  if (version !== undefined) return findEntries(document, chart, version);
  return [...(document.charts.get(chart) ?? [])];
}

/** Entries as their chart versions; those that have no version are left out. */
export function chartVersions(entries: Iterable<IndexedEntry>): ChartVersion[] {
  return [...entries].flatMap(({ chart, version }) =>
    version === undefined ? [] : [{ name: chart, version }],
  );
}

function missing(
  { chart, version }: ChartReference,
  documents: readonly IndexDocument[],
): Problem | undefined {
  const entries = documents.flatMap((document) => referencedEntries(document, { chart }));
  const hasVersion = version === undefined || entries.some((entry) => entry.version === version);
  if (entries.length > 0 && hasVersion) return undefined;
  const hint =
    entries.length === 0
      ? didYouMean(chart, new Set(documents.flatMap(({ charts }) => [...charts.keys()])))
      : didYouMean(version ?? '', new Set(chartVersions(entries).map((known) => known.version)));
  const message =
    entries.length === 0
      ? `there is no chart ${JSON.stringify(chart)}`
      : `${chart} has no version ${JSON.stringify(version)}`;
  return { message, file: documents[0]?.file ?? '', ...(hint !== undefined && { hint }) };
}

/**
 * Refuses references to what none of the indexes lists; versions are compared text for text.
 * @throws UserError USAGE with every one of them and what it may have been meant for.
 */
export function requireListed(
  references: readonly ChartReference[],
  documents: readonly IndexDocument[],
): void {
  const problems = references.flatMap((reference) => missing(reference, documents) ?? []);
  if (problems.length === 0) return;
  throw new UserError('USAGE', 'nothing was changed: the repository does not list all of them', {
    problems,
  });
}
