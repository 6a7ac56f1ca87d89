import { SemVer } from 'semver';

// What Helm's semver library takes for a version: a `v` in front, missing parts and leading zeros pass.
const LOOSE = /^v?(\d+)(?:\.(\d+))?(?:\.(\d+))?(?:-([\dA-Za-z.-]+))?(?:\+([\dA-Za-z.-]+))?$/;
const MAX_LENGTH = 256;

/** A chart version as Helm reads it (`v1.2` is 1.2.0); undefined where Helm refuses it. */
export function parseVersion(text: string): SemVer | undefined {
  const match = text.length <= MAX_LENGTH ? LOOSE.exec(text) : null;
  if (!match) return undefined;
  const [, major = '0', minor = '0', patch = '0', prerelease, build] = match;
  const core = [major, minor, patch].map((part) => String(BigInt(part))).join('.');
  try {
    return new SemVer(
      core +
        (prerelease === undefined ? '' : `-${prerelease}`) +
        (build === undefined ? '' : `+${build}`),
    );
  } catch {
    return undefined;
  }
}

function compareNewestFirst(a: SemVer | undefined, b: SemVer | undefined): number {
  if (a && b) return b.compare(a) || b.compareBuild(a);
  return Number(a === undefined) - Number(b === undefined);
}

/**
 * Sorted in Helm's order of an index: newest first, what is no version last. Build metadata and
 * then the text decide between versions that are equal to Helm, so that the order is always the same.
 */
export function sortNewestFirst<T>(items: readonly T[], textOf: (item: T) => string): T[] {
  return items
    .map((item) => ({ item, text: textOf(item), version: parseVersion(textOf(item)) }))
    .toSorted(
      (a, b) =>
        compareNewestFirst(a.version, b.version) ||
        Number(a.text < b.text) - Number(a.text > b.text),
    )
    .map(({ item }) => item);
}
