import type { ChartArchive } from '../../archive/archive.ts';
import { provenanceName } from '../../provenance/provenance-file.ts';
import type { PublishPlan } from '../store.ts';

/** Each file once; of equal archives one that is signed. */
export function onceEach(archives: readonly ChartArchive[]): ChartArchive[] {
  const isSigned = ({ provenance }: ChartArchive) => Number(provenance !== undefined);
  const signedLast = archives.toSorted((one, other) => isSigned(one) - isSigned(other));
  return [...new Map(signedLast.map((archive) => [archive.fileName, archive])).values()];
}

/** The archives that a plan uploads something of. */
export function lackingArchives(
  archives: readonly ChartArchive[],
  { uploads, provenance }: PublishPlan,
): ChartArchive[] {
  const files = new Set([...uploads.map(({ fileName }) => fileName), ...provenance]);
  return onceEach(archives).filter(
    ({ fileName }) => files.has(fileName) || files.has(provenanceName(fileName)),
  );
}
