import { isMapping } from '../../json-object.ts';
import { parseVersion, sortNewestFirst } from '../../archive/version.ts';
import { parseVersionRange } from '../../dependencies/version-range.ts';
import type { Json } from '../../model/types.ts';
import type { IndexDocument, IndexedEntry } from '../index-file/types.ts';

/** What an entry asks of a repository. */
export interface Dependency {
  name: string;
  range: string;
}

/**
 * The dependencies of an entry that come from a repository, whichever it says: one repository has
 * many addresses, mirrors and aliases among them.
 */
export function dependenciesOf(data: Json): Dependency[] {
  const list: unknown = isMapping(data) ? data.dependencies : undefined;
  if (!Array.isArray(list)) return [];
  return list.flatMap((dependency: unknown) => {
    if (!isMapping(dependency) || typeof dependency.name !== 'string') return [];
    const { name, version, repository } = dependency;
    const isInArchive = typeof repository !== 'string' || /^(?:$|file:)/.test(repository);
    return isInArchive ? [] : [{ name, range: typeof version === 'string' ? version : '' }];
  });
}

/**
 * The entries that Helm would take for a range: exactly that version, else the newest one in the
 * range. Several where a version is listed more than once, none where there is no match.
 */
export function satisfying(entries: readonly IndexedEntry[], range: string): IndexedEntry[] {
  const exact = entries.filter(({ version }) => version === range);
  if (exact.length > 0) return exact;
  const accepts = parseVersionRange(range === '' ? '*' : range);
  if (!accepts) return [];
  const accepted = entries.filter(({ version = '' }) => {
    const parsed = parseVersion(version);
    return parsed !== undefined && accepts(parsed);
  });
  const [newest] = sortNewestFirst(accepted, ({ version = '' }) => version);
  return accepted.filter(({ version }) => version === newest?.version);
}

function keyOf({ name, range }: Dependency): string {
  return JSON.stringify([name, range]);
}

/** {@link satisfying} for an index, each question answered once. */
function resolverOf({ charts }: IndexDocument): (dependency: Dependency) => IndexedEntry[] {
  const known = new Map<string, IndexedEntry[]>();
  return ({ name, range }) => {
    const key = keyOf({ name, range });
    const answer = known.get(key) ?? satisfying(charts.get(name) ?? [], range);
    known.set(key, answer);
    return answer;
  };
}

/**
 * What entries depend on, and what that depends on in turn.
 * @returns each entry that is needed and not among them, with one that needs it.
 */
export function neededBy(
  entries: Iterable<IndexedEntry>,
  document: IndexDocument,
): Map<IndexedEntry, IndexedEntry> {
  const resolve = resolverOf(document);
  const present = new Set(entries);
  const needed = new Map<IndexedEntry, IndexedEntry>();
  // A set that grows while it is walked through: what is needed has needs of its own.
  for (const entry of present)
    for (const found of dependenciesOf(entry.data).flatMap(resolve)) {
      if (present.has(found)) continue;
      present.add(found);
      needed.set(found, entry);
    }
  return needed;
}

/** A dependency that can no longer be had, and the entries that have it. */
export interface BrokenDependency extends Dependency {
  by: IndexedEntry[];
}

/** Dependencies of what stays in an index that only entries to be removed satisfy. */
export function brokenBy(
  removed: ReadonlySet<IndexedEntry>,
  { charts }: IndexDocument,
): BrokenDependency[] {
  const names = new Set([...removed].map(({ chart }) => chart));
  const broken = new Map<string, BrokenDependency>();
  for (const by of [...charts.values()].flat()) {
    const dependencies = removed.has(by) ? [] : dependenciesOf(by.data);
    for (const dependency of dependencies.filter(({ name }) => names.has(name))) {
      const key = keyOf(dependency);
      const known = broken.get(key) ?? { ...dependency, by: [] };
      known.by.push(by);
      broken.set(key, known);
    }
  }
  return [...broken.values()].filter(({ name, range }) => {
    const entries = charts.get(name) ?? [];
    const staying = entries.filter((entry) => !removed.has(entry));
    return satisfying(entries, range).length > 0 && satisfying(staying, range).length === 0;
  });
}
