import { UserError } from '../errors.ts';
import { withoutLogin } from '../network/without-login.ts';

/** Why a kind of target cannot give a version other bytes without clients seeing half of it. */
const REASONS = {
  folder:
    'its archives and its index change one after the other, and in between clients get bytes that do not fit their digest',
  'repository of releases':
    'its files are replaced one after the other, the index after them, and none of them once it is immutable',
  // postPackageAndProvenanceRequestHandler in its pkg/chartmuseum/server/multitenant/handlers.go.
  'server of charts':
    'ChartMuseum stores archive, provenance and index one after the other, deletes what it has stored where one of them fails, and leaves the old provenance beside an archive without any',
};

/**
 * Refuses to overwrite where that is not safe.
 * @throws UserError USAGE
 */
export function refuseOverwrite(
  target: string,
  kind: keyof typeof REASONS,
  { allowOverwrite = false }: { allowOverwrite?: boolean },
): void {
  if (!allowOverwrite) return;
  throw new UserError(
    'USAGE',
    `${withoutLogin(target)} is a ${kind}, where no version can be overwritten safely: ${REASONS[kind]}`,
    {
      next: 'Nothing was written. Raise `version`; --allow-overwrite is for registries (oci://) and branches (git+…), which change in one step.',
    },
  );
}
