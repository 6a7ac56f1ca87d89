import { parseVersion } from '../../../archive/version.ts';
import type { ListedEntry } from './claim.ts';
import { findingOn, type VerifyFinding } from './finding.ts';

/**
 * Entries of a chart whose versions are equal to Helm: `1.2`, `v1.2.0` and `1.2.0+build`. The same
 * text twice in one index is left to the check of the index.
 */
export function findEqualVersions(entries: readonly ListedEntry[]): VerifyFinding[] {
  const known = new Map<string, ListedEntry>();
  return entries.flatMap((listed) => {
    const version = parseVersion(listed.entry.version ?? '')?.version;
    if (version === undefined) return [];
    const key = JSON.stringify([listed.entry.chart, version]);
    const first = known.get(key);
    if (first !== undefined) return compareVersions(listed, first);
    known.set(key, listed);
    return [];
  });
}

function compareVersions(listed: ListedEntry, first: ListedEntry): VerifyFinding[] {
  const version = first.entry.version ?? '';
  if (listed.entry.version !== version) {
    const message = `to Helm it is equal to ${version}, except for who asks for its exact text`;
    return [findingOn(listed, 'equal-versions', message, { severity: 'info' })];
  }
  if (listed.index === first.index) return [];
  const message = `${version} is in ${first.index.document.file} too`;
  const hint =
    'Retire it again with `spark-charts repo yank` or `repo prune`, or bring it back with `repo yank --undo`.';
  return [findingOn(listed, 'equal-versions', message, { severity: 'warning', hint })];
}
