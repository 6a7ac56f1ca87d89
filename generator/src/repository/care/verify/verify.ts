import type { Keyring } from '../../../provenance/keyring.ts';
import type { IndexedEntry } from '../../index-file/types.ts';
import { claimsOf, listEntries, type Claim, type ListedEntry } from './claim.ts';
import { compareArchive } from './compare.ts';
import { findEqualVersions } from './equal-versions.ts';
import { compareVerifyFindings, findingAt, type VerifyFinding } from './finding.ts';
import { findIndexProblems } from './index-problems.ts';
import { checkProvenance, provenanceFindings } from './provenance.ts';
import type { Obstacle, Reading, VerifiedRepository } from './repository.ts';
import { newestEntries, sampleEntries } from './sample.ts';

export interface VerifyOptions {
  /** Check the newest version of each chart and this many others; all where absent. */
  sample?: number;
  /** One of its keys must have signed each archive; without it nobody looks who signed. */
  keyring?: Keyring;
}

export interface VerifyReport {
  /** The folder or URL. */
  repository: string;
  /** Versions in the indexes. */
  listed: number;
  /** Of these, those whose archives were looked for. */
  checked: number;
  /** Archives whose provenance file holds. */
  signed: number;
  findings: VerifyFinding[];
}

/** What is said of archives, by place. */
type Claims = Map<string, Claim[]>;

/**
 * Checks that a repository is what its indexes say: they are in order, every archive is there and is
 * the one that was listed, provenance files hold, nothing lies beside.
 * @throws UserError see {@link VerifiedRepository}.
 */
export async function verifyRepository(
  repository: VerifiedRepository,
  { sample, keyring }: VerifyOptions = {},
): Promise<VerifyReport> {
  const entries = listEntries(repository.indexes);
  const chosen = sample === undefined ? entries : sampleEntries(entries, sample);
  const { claims, obstacles, checked } = locate(repository, chosen);
  const findings = [
    ...repository.indexes.flatMap(findIndexProblems),
    ...findEqualVersions(entries),
    ...orphansOf(repository, entries),
    ...obstacles,
  ];
  const newest = newestPlaces(repository, entries);
  let signed = 0;
  await repository.readArchives([...claims.keys()], async (place, reading) => {
    const said = claims.get(place) ?? [];
    for (const claim of said) findings.push(...findingsOf(claim, reading));
    const [claim] = said;
    if ('rule' in reading || claim === undefined) return;
    const provenance = await checkProvenance(
      () => repository.readProvenance(place, newest.get(claim.entry.chart) ?? place),
      reading.archive,
      keyring,
    );
    if (provenance === 'valid') signed += 1;
    findings.push(...provenanceFindings(claim, provenance, keyring));
  });
  return {
    repository: repository.name,
    listed: entries.length,
    checked,
    signed,
    findings: findings.toSorted(compareVerifyFindings),
  };
}

/**
 * What entries say of archives, what is wrong with entries whose archives nobody can look for, and
 * how many entries have an archive that is looked for.
 */
function locate(
  repository: VerifiedRepository,
  entries: readonly ListedEntry[],
): { claims: Claims; obstacles: VerifyFinding[]; checked: number } {
  const claims: Claims = new Map();
  const obstacles: VerifyFinding[] = [];
  const checked = new Set<IndexedEntry>();
  for (const claim of entries.flatMap(claimsOf)) {
    const location = repository.locate(claim.url, claim.index.path);
    if (!('rule' in location && location.rule === 'unchecked-archive')) checked.add(claim.entry);
    if ('rule' in location) {
      obstacles.push(obstacle(claim, location));
      continue;
    }
    const said = claims.get(location.place) ?? [];
    said.push(claim);
    claims.set(location.place, said);
  }
  return { claims, obstacles, checked: checked.size };
}

/** Where the newest archive of each chart is. */
function newestPlaces(
  repository: VerifiedRepository,
  entries: readonly ListedEntry[],
): Map<string, string> {
  const newest = [...newestEntries(entries).values()].flatMap(({ index, entry }) => {
    const location = repository.locate(entry.urls[0] ?? '', index.path);
    return 'place' in location ? [[entry.chart, location.place] as const] : [];
  });
  return new Map(newest);
}

function orphansOf(
  repository: VerifiedRepository,
  entries: readonly ListedEntry[],
): VerifyFinding[] {
  const named = new Set(locate(repository, entries).claims.keys());
  return repository.findOrphans(named).map((file) => ({
    rule: 'orphan',
    severity: 'warning',
    file,
    ...(file.endsWith('.prov')
      ? {
          message: 'its archive is not in the folder, or no index names it',
          hint: 'Put its archive back, or remove it.',
        }
      : {
          message: 'no index names this archive',
          hint: 'Add it to the index with `spark-charts repo index`; what that leaves out is a copy of another archive or lies too deep: move or remove it.',
        }),
  }));
}

function findingsOf(claim: Claim, reading: Reading): VerifyFinding[] {
  return 'rule' in reading ? [obstacle(claim, reading)] : compareArchive(claim, reading.archive);
}

function obstacle(claim: Claim, { rule, reason, hint }: Obstacle): VerifyFinding {
  return findingAt(claim, rule, reason, {
    severity: rule === 'unchecked-archive' ? 'warning' : 'error',
    ...(hint !== undefined && { hint }),
  });
}
