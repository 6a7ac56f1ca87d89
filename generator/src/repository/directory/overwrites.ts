import { join } from 'node:path';
import type { ChartArchive } from '../../archive/archive.ts';
import type { Problem } from '../../errors.ts';
import { readProvenance } from '../../provenance/provenance-file.ts';
import { type Overwrite, plannedOverwrite } from '../plan.ts';
import type { PlannedOverwrite } from '../store.ts';

/**
 * Overwritten versions of a folder as plans show them.
 * @throws a system error
 */
export function plannedOverwrites(
  directory: string,
  archives: readonly ChartArchive[],
  overwrites: readonly Overwrite[],
): Promise<PlannedOverwrite[]> {
  const signed = new Set(
    archives.filter(({ provenance }) => provenance).map(({ fileName }) => fileName),
  );
  return Promise.all(
    overwrites.map(async (overwrite) => {
      const { fileName } = overwrite.archive;
      const isSigned = signed.has(fileName) || !(await readProvenance(join(directory, fileName)));
      return plannedOverwrite(overwrite, !isSigned);
    }),
  );
}

/** What clients of a repository with an index will see of an overwritten version. */
export function overwriteNotice({ archive: { name, version, fileName } }: Overwrite): Problem {
  return {
    message: `${name} ${version} is overwritten: archive and index change in one step, but a client with the old index gets bytes that do not fit the digest it knows, until \`helm repo update\``,
    file: fileName,
    hint: 'Helm 4 can go on with the old bytes in its cache, or keep the new ones under the old digest; where a web server caches files, the old index stays for as long. Chart.lock names versions, so those who depend on it get the new bytes with no change of theirs.',
  };
}
