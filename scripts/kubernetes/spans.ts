import { isDeepStrictEqual } from 'node:util';
import { KUBERNETES_VERSIONS } from './pins.ts';

/** `v1.36.3` as `1.36`. */
export function minorOf(version: string): string {
  return version.split('.').slice(0, 2).join('.').slice(1);
}

export const MINORS = KUBERNETES_VERSIONS.map(minorOf);

/** A value in the minor versions that have it: all of them where no bound is given. */
export interface Span<T> {
  name: string;
  value: T;
  since?: string;
  until?: string;
}

/**
 * What each minor version has under each name, put together: a value that stays the same from one
 * version to the next stands once. Sorted by name, then by version.
 * @param byMinor for each of {@link MINORS}.
 */
export function spans<T>(byMinor: readonly ReadonlyMap<string, T>[]): Span<T>[] {
  const names = [...new Set(byMinor.flatMap((values) => [...values.keys()]))];
  return names
    .sort((a, b) => (a < b ? -1 : 1))
    .flatMap((name) =>
      spansOf(
        name,
        byMinor.map((values) => values.get(name)),
      ),
    );
}

function spansOf<T>(name: string, values: readonly (T | undefined)[]): Span<T>[] {
  const runs: { value: T; from: number; to: number }[] = [];
  for (const [index, value] of values.entries()) {
    const last = runs.at(-1);
    if (value === undefined) continue;
    if (last?.to === index - 1 && isDeepStrictEqual(last.value, value)) last.to = index;
    else runs.push({ value, from: index, to: index });
  }
  return runs.map(({ value, from, to }) => ({
    name,
    ...(from > 0 && { since: MINORS[from] ?? '' }),
    ...(to < MINORS.length - 1 && { until: MINORS[to] ?? '' }),
    value,
  }));
}
