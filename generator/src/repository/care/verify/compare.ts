import { posix } from 'node:path';
import type { ArchiveInfo } from '../../../archive/archive.ts';
import { differingFields } from '../../metadata-difference.ts';
import type { Claim } from './claim.ts';
import { findingAt, type VerifyFinding } from './finding.ts';

const REBUILT =
  'One of the two was made anew: bring back the archive that was published, or publish a new version.';

/** Where an archive is not what an entry of an index says of it. */
export function compareArchive(claim: Claim, archive: ArchiveInfo): VerifyFinding[] {
  return [
    ...compareDigest(claim, archive),
    ...compareIdentity(claim, archive),
    ...compareMetadata(claim, archive),
  ];
}

function compareDigest(claim: Claim, { fileName, digest }: ArchiveInfo): VerifyFinding[] {
  const listed = claim.entry.digest;
  if (listed === undefined) {
    const message = 'the entry has no digest, so that nobody can tell a changed archive';
    const hint = `${fileName} is sha256:${digest} now.`;
    return [findingAt(claim, 'no-digest', message, { severity: 'warning', hint })];
  }
  if (listed.toLowerCase() === digest) return [];
  const message = `${fileName} is sha256:${digest}, the index says sha256:${listed}`;
  return [findingAt(claim, 'other-digest', message, { hint: REBUILT })];
}

function compareIdentity(claim: Claim, { name, version, fileName }: ArchiveInfo): VerifyFinding[] {
  const { entry } = claim;
  if (entry.chart !== name || entry.version !== version)
    return [
      findingAt(claim, 'other-chart', `${fileName} is ${name} ${version}`, { hint: REBUILT }),
    ];
  const usual = `${name}-${version}.tgz`;
  if (posix.basename(fileName) === usual) return [];
  const message = `the file is ${fileName}, where Helm would call it ${usual}`;
  return [findingAt(claim, 'file-name', message, { severity: 'info' })];
}

function compareMetadata(claim: Claim, { metadata, fileName }: ArchiveInfo): VerifyFinding[] {
  const fields = differingFields(claim.entry.data, metadata);
  if (fields.length === 0) return [];
  const message = `the index and the Chart.yaml in ${fileName} differ in: ${fields.join(', ')}`;
  return [findingAt(claim, 'other-metadata', message, { severity: 'warning', hint: REBUILT })];
}
