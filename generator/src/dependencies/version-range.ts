import type { SemVer } from 'semver';
import { parseVersion } from '../archive/version.ts';

/** True for versions that a range takes in. */
export type VersionRange = (version: SemVer) => boolean;

/** A version with how many of its parts are given: none in `*`, two in `1.2.x`. */
interface Bound {
  version: SemVer;
  parts: number;
}

type Comparison = (version: SemVer, bound: Bound) => boolean;

// As Masterminds has them, the empty operator among them: what it takes for a version is wider than
// what is one, `1|2` for example.
const OPERATOR = String.raw`(?:=||!=|>|<|>=|=>|<=|=<|~|~>|\^)`;
const PART = '[0-9|xX*]+';
const IDENTIFIERS = String.raw`[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*`;
const REST = String.raw`(?:-${IDENTIFIERS})?(?:\+${IDENTIFIERS})?`;
const VERSION = String.raw`v?${PART}(?:\.${PART})?(?:\.${PART})?${REST}`;
const COMPARISON = String.raw`${OPERATOR} *${VERSION}`;
const FROM_TO = new RegExp(String.raw` *(${VERSION}) +- +(${VERSION}) *`, 'g');
const ALL_OF = new RegExp(String.raw`^ *${COMPARISON} *(?:(?: +|, *)${COMPARISON} *)*$`);
const ONE = new RegExp(
  String.raw`^(${OPERATOR}) *v?(${PART})(?:\.(${PART}))?(?:\.(${PART}))?(${REST})$`,
);
const MOST_CHARACTERS = 512;
const MOST_ALTERNATIVES = 32;

function sameMajor(version: SemVer, { version: bound }: Bound): boolean {
  return version.major === bound.major;
}

function sameMinor(version: SemVer, bound: Bound): boolean {
  return sameMajor(version, bound) && version.minor === bound.version.minor;
}

function isTilde(version: SemVer, bound: Bound): boolean {
  const { major, minor, patch } = bound.version;
  if (version.compare(bound.version) < 0) return false;
  // So `~0.0.0` means any version, as `*` does.
  if (major + minor + patch === 0 && (bound.parts === 0 || bound.parts === 3)) return true;
  return bound.parts === 1 ? sameMajor(version, bound) : sameMinor(version, bound);
}

function isCaret(version: SemVer, bound: Bound): boolean {
  const { major, minor, patch } = bound.version;
  if (version.compare(bound.version) < 0 || !sameMajor(version, bound)) return false;
  if (major > 0 || bound.parts === 1) return true;
  if (version.minor !== minor) return false;
  return minor > 0 || bound.parts === 2 || version.patch === patch;
}

function isEqual(version: SemVer, bound: Bound): boolean {
  return bound.parts < 3 ? isTilde(version, bound) : version.compare(bound.version) === 0;
}

function isDifferent(version: SemVer, bound: Bound): boolean {
  if (bound.parts === 1) return !sameMajor(version, bound);
  if (bound.parts === 2 && sameMinor(version, bound))
    return version.comparePre(bound.version) !== 0;
  return version.compare(bound.version) !== 0;
}

function isGreater(version: SemVer, bound: Bound): boolean {
  if (!sameMajor(version, bound)) return version.major > bound.version.major;
  if (bound.parts === 1) return false;
  if (bound.parts === 2) return version.minor > bound.version.minor;
  return version.compare(bound.version) > 0;
}

function isAtMost(version: SemVer, bound: Bound): boolean {
  if (bound.parts === 3) return version.compare(bound.version) <= 0;
  if (!sameMajor(version, bound)) return version.major < bound.version.major;
  return bound.parts === 1 || version.minor <= bound.version.minor;
}

function isLess(version: SemVer, bound: Bound): boolean {
  return version.compare(bound.version) < 0;
}

function isAtLeast(version: SemVer, bound: Bound): boolean {
  return !isLess(version, bound);
}

const COMPARISONS: ReadonlyMap<string, Comparison> = new Map([
  ['', isEqual],
  ['=', isEqual],
  ['!=', isDifferent],
  ['>', isGreater],
  ['<', isLess],
  ['>=', isAtLeast],
  ['=>', isAtLeast],
  ['<=', isAtMost],
  ['=<', isAtMost],
  ['~', isTilde],
  ['~>', isTilde],
  ['^', isCaret],
]);

const isAny = (part: string | undefined): boolean => part === undefined || /^[xX*]$/.test(part);

/** `>=1.2` as a test of versions; undefined where it makes no sense. */
function parseComparison(text: string): ((version: SemVer) => boolean) | undefined {
  const [, operator = '', major, minor, patch, rest = ''] = ONE.exec(text) ?? [];
  const given = [major, minor, patch];
  const firstAny = given.findIndex(isAny);
  const parts = firstAny < 0 ? given.length : firstAny;
  const core = [...given.slice(0, parts), '0', '0', '0'].slice(0, 3).join('.');
  const version = parseVersion(core + rest);
  const compare = COMPARISONS.get(operator);
  return version && compare && ((candidate) => compare(candidate, { version, parts }));
}

/** Versions that all comparisons take in, `>=1.2 <3`; pre-releases only where one names some. */
function parseAlternative(text: string): VersionRange | undefined {
  if (!ALL_OF.test(text)) return undefined;
  const texts = text.match(new RegExp(COMPARISON, 'g')) ?? [];
  const comparisons = texts.map(parseComparison);
  if (!comparisons.every((comparison) => comparison !== undefined)) return undefined;
  const namesPreRelease = texts.some((comparison) => /^[^+]*-/.test(comparison));
  return (version) =>
    (namesPreRelease || version.prerelease.length === 0) &&
    comparisons.every((comparison) => comparison(version));
}

/**
 * A range of versions as Helm reads it in dependencies: github.com/Masterminds/semver
 * (constraints.go), which takes other texts than npm's semver and means other things by some.
 * @returns undefined for what is no range.
 */
export function parseVersionRange(text: string): VersionRange | undefined {
  if (text.length > MOST_CHARACTERS) return undefined;
  const plain = text.replaceAll(/[\t\n\f\r ]+/g, ' ').replaceAll(FROM_TO, '>= $1, <= $2 ');
  const texts = plain.split('||');
  const alternatives = texts.map(parseAlternative);
  if (texts.length > MOST_ALTERNATIVES) return undefined;
  if (!alternatives.every((alternative) => alternative !== undefined)) return undefined;
  return (version) => alternatives.some((alternative) => alternative(version));
}
