// Not the whole library, which has no part in starting an index command.
import SemVer from 'semver/classes/semver.js';

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

/** Is a text a version that is no pre-release? */
export function isStable(text: string): boolean {
  return parseVersion(text)?.prerelease.length === 0;
}

/** A version in text and, where Helm takes it for one, as it orders them. */
interface Ranked {
  text: string;
  version: SemVer | undefined;
}

function rank(text: string): Ranked {
  return { text, version: parseVersion(text) };
}

function compareRanked(a: Ranked, b: Ranked): number {
  const byVersion =
    a.version && b.version
      ? b.version.compare(a.version) || b.version.compareBuild(a.version)
      : Number(a.version === undefined) - Number(b.version === undefined);
  return byVersion || Number(a.text < b.text) - Number(a.text > b.text);
}

/**
 * Helm's order of an index: newest first, what is no version last. Build metadata and then the text
 * decide between versions that are equal to Helm, so that the order is always the same.
 */
export function compareNewestFirst(a: string, b: string): number {
  return compareRanked(rank(a), rank(b));
}

/** Sorted by {@link compareNewestFirst}. */
export function sortNewestFirst<T>(items: readonly T[], textOf: (item: T) => string): T[] {
  return items
    .map((item) => ({ item, ranked: rank(textOf(item)) }))
    .toSorted((a, b) => compareRanked(a.ranked, b.ranked))
    .map(({ item }) => item);
}
