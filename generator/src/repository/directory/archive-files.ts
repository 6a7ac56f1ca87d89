import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { ChartArchive } from '../../archive/archive.ts';
import { UserError } from '../../errors.ts';
import { sha256 } from '../../files/digest.ts';
import { readIfPresent } from '../../files/read.ts';
import { replaceFile } from '../../files/replace-file.ts';
import { readSnapshot } from '../../files/snapshot.ts';
import type { Progress } from '../../progress.ts';
import { provenanceName, readProvenance } from '../../provenance/provenance-file.ts';
import type { PublishPlan } from '../store.ts';

/**
 * Digests of those archives whose files a folder has, by file name.
 * @throws a system error
 */
export async function digestsIn(
  directory: string,
  archives: readonly ChartArchive[],
): Promise<Map<string, string>> {
  const digests = new Map<string, string>();
  for (const { fileName } of archives) {
    const content = await readIfPresent(join(directory, fileName));
    if (content) digests.set(fileName, sha256(content));
  }
  return digests;
}

/** Does a provenance file vouch for an archive, whoever signed it? */
async function vouchesFor(provenance: Uint8Array, archive: ChartArchive): Promise<boolean> {
  // Loaded here because it takes a while and most archives are not signed.
  const { checkStatement } = await import('../../provenance/verify.ts');
  try {
    checkStatement(provenance, archive);
    return true;
  } catch (error) {
    if (error instanceof UserError) return false;
    throw error;
  }
}

/**
 * Names of the provenance files that a folder lacks. One that vouches for the archive stays: signing
 * again makes other bytes each time, and a published signature never changes.
 * @throws a system error
 */
export async function lackingProvenance(
  directory: string,
  archives: readonly ChartArchive[],
): Promise<string[]> {
  const lacking = new Set<string>();
  for (const archive of archives) {
    if (!archive.provenance) continue;
    const present = await readProvenance(join(directory, archive.fileName));
    if (!present || !(await vouchesFor(present, archive)))
      lacking.add(provenanceName(archive.fileName));
  }
  return [...lacking];
}

/** Another program may put a file there while we are at it; the next run looks at it. */
function writeFileOnce(path: string, bytes: Uint8Array): void {
  const { isCurrent } = readSnapshot(path);
  if (replaceFile(path, bytes, isCurrent)) return;
  throw new UserError('BUSY', `${path} was changed by another program while it was written`, {
    next: 'Run it again when that program is done.',
  });
}

/**
 * Writes what a plan says. What vouches for an archive comes first: at no time stands an archive
 * beside the provenance of another one.
 * @throws UserError FILE_SYSTEM, BUSY; system errors.
 */
export function writeArchives(
  directory: string,
  { uploads, overwrites, provenance }: PublishPlan,
  archives: readonly ChartArchive[],
  progress: Progress,
): void {
  for (const { name, version, fileName, losesProvenance } of overwrites) {
    progress(`overwriting ${name} ${version}: it does not fit the digest in indexes of before`);
    if (losesProvenance) rmSync(join(directory, provenanceName(fileName)), { force: true });
  }
  const wanted = new Set([...uploads.map(({ fileName }) => fileName), ...provenance]);
  const write = (file: string, bytes: Uint8Array | undefined) => {
    if (!bytes || !wanted.delete(file)) return;
    progress(`writing ${file}`);
    writeFileOnce(join(directory, file), bytes);
  };
  for (const archive of archives) {
    write(provenanceName(archive.fileName), archive.provenance);
    write(archive.fileName, archive.bytes);
  }
}
