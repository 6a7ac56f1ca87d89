import { UserError } from '../errors.ts';

/**
 * A minor version as a number to compare, from `1.31`, `v1.31.4` or `1.31.4-gke.100`.
 * @throws UserError `USAGE` for what is no version.
 */
export function versionNumber(version: string): number {
  const [, major, minor] = /^v?(\d{1,3})\.(\d{1,3})(?:\D|$)/.exec(version) ?? [];
  if (major === undefined || minor === undefined)
    throw new UserError('USAGE', `"${version}" is no Kubernetes version`, {
      next: 'Write it like 1.31 or 1.31.4.',
    });
  return Number(major) * 1000 + Number(minor);
}

/** The known minor version that is the same as a version or comes nearest to it. */
export function nearestMinor(version: string, minors: readonly string[]): string {
  const wanted = versionNumber(version);
  const distance = (minor: string) => Math.abs(versionNumber(minor) - wanted);
  return minors.reduce((best, minor) => (distance(minor) < distance(best) ? minor : best));
}

/** Is a minor version between two bounds, themselves included? */
export function isWithin(
  minor: string,
  { since, until }: { since?: string; until?: string },
): boolean {
  const number = versionNumber(minor);
  return (
    (since === undefined || versionNumber(since) <= number) &&
    (until === undefined || number <= versionNumber(until))
  );
}
