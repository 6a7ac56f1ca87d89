import type { Severity } from '../../../lint/finding.ts';
import type { Claim, ListedEntry } from './claim.ts';

/** The rules of a verification; scripts may go by them. */
export type VerifyRule =
  /** Helm or Artifact Hub would refuse something in the index, or pass over it. */
  | 'index'
  /** Two versions of a chart that are equal to Helm, or one that stands in both indexes. */
  | 'equal-versions'
  | 'missing-archive'
  /** An archive that Helm could not load. */
  | 'invalid-archive'
  /** A URL that nothing was fetched from. */
  | 'unchecked-archive'
  | 'no-digest'
  | 'other-digest'
  /** The archive is of another chart or version. */
  | 'other-chart'
  /** The index says other things of the chart than its Chart.yaml. */
  | 'other-metadata'
  /** The name of the file is not the one Helm gives it. */
  | 'file-name'
  | 'invalid-provenance'
  /** No provenance file, where keys are to vouch for archives. */
  | 'no-provenance'
  /** An archive or provenance file that no index names. */
  | 'orphan';

/** What is wrong with a repository. */
export interface VerifyFinding {
  rule: VerifyRule;
  severity: Severity;
  /** None for what is wrong with the repository as a whole. */
  chart?: string;
  version?: string;
  /** Path or URL of the index, or of a file beside it. */
  file: string;
  /** Where the entry begins, from 1. */
  line?: number;
  message: string;
  /** What to do. */
  hint?: string;
}

/** A finding on an entry of an index. */
export function findingOn(
  { index, entry }: ListedEntry,
  rule: VerifyRule,
  message: string,
  { severity = 'error', hint }: { severity?: Severity; hint?: string } = {},
): VerifyFinding {
  return {
    rule,
    severity,
    chart: entry.chart,
    ...(entry.version !== undefined && { version: entry.version }),
    file: index.document.file,
    line: index.lineOf(entry.range.start),
    message,
    ...(hint !== undefined && { hint }),
  };
}

/**
 * A finding on the archive at one of the URLs of an entry. Helm fetches the first one only: what is
 * wrong at another is a warning at most.
 */
export function findingAt(
  claim: Claim,
  rule: VerifyRule,
  message: string,
  { severity = 'error', ...details }: { severity?: Severity; hint?: string } = {},
): VerifyFinding {
  const isMild = severity === 'error' && !claim.isFirst;
  return findingOn(claim, rule, message, { severity: isMild ? 'warning' : severity, ...details });
}

/** What concerns the whole repository first, then by chart, place and rule. */
export function compareVerifyFindings(a: VerifyFinding, b: VerifyFinding): number {
  return (
    compareText(a.chart ?? '', b.chart ?? '') ||
    compareText(a.file, b.file) ||
    (a.line ?? 0) - (b.line ?? 0) ||
    compareText(a.rule, b.rule) ||
    compareText(a.message, b.message)
  );
}

/** By code units: the same everywhere. */
function compareText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
