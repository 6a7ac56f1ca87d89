import { isObject } from '../../model/json.ts';
import type { Json } from '../../model/types.ts';
import type { Changes, LintedRendering } from '../rule.ts';
import { versionsOf } from './versions.ts';

/** Something that changes from one release to the next. */
export interface LikelyChange {
  /** `the version of the chart`, `the value image.tag`. */
  what: string;
  /** What is of one group is refused together: a budget that wants more pods, a scheme of tags. */
  group: 'versions' | 'tags' | 'replicas';
  /** False for what operators change at a time of their choice. */
  isUpgrade: boolean;
  changes: Changes;
}

const LIKELY_VALUES: ReadonlySet<string> = new Set(['tag', 'version', 'replicas', 'replicaCount']);
/** More of them belong to large umbrella charts, whose subcharts are linted on their own. */
const MOST_VALUES = 10;

/** What operators and new versions of a chart change most. */
export function likelyChanges({ chart, values }: LintedRendering): LikelyChange[] {
  const { version, appVersion } = versionsOf(chart, '');
  return [
    {
      what: 'the version of the chart',
      group: 'versions',
      isUpgrade: true,
      changes: { chartVersion: next(version) },
    },
    {
      what: 'the version of the application',
      group: 'versions',
      isUpgrade: true,
      changes: { appVersion: next(appVersion) },
    },
    ...likelyValues(values, []).slice(0, MOST_VALUES),
  ];
}

/** All of them at once. */
export function together(changes: readonly LikelyChange[]): Changes {
  return changes.reduce<Changes>(
    (all, { changes: { values, ...versions } }) => ({
      ...all,
      ...versions,
      values: lay(all.values ?? {}, values ?? {}),
    }),
    {},
  );
}

function likelyValues(values: Record<string, Json>, path: readonly string[]): LikelyChange[] {
  return Object.entries(values).flatMap(([key, value]) => {
    const place = [...path, key];
    // Subcharts have a copy of the globals.
    if (isObject(value))
      return key === 'global' && path.length > 0 ? [] : likelyValues(value, place);
    if (!LIKELY_VALUES.has(key) || (typeof value !== 'string' && typeof value !== 'number'))
      return [];
    const change = place.reduceRight<Json>(
      (inner, name) => Object.fromEntries([[name, inner]]),
      typeof value === 'number' ? value + 1 : next(value),
    );
    const what = `the value ${place.join('.')}`;
    const group = key.startsWith('replica') ? 'replicas' : 'tags';
    return isObject(change) ? [{ what, group, isUpgrade: false, changes: { values: change } }] : [];
  });
}

function lay(below: Record<string, Json>, above: Record<string, Json>): Record<string, Json> {
  const merged = new Map(Object.entries(below));
  for (const [key, value] of Object.entries(above)) {
    const known = merged.get(key);
    merged.set(key, isObject(known) && isObject(value) ? lay(known, value) : value);
  }
  return Object.fromEntries(merged);
}

/** `1.2.4` after `1.2.3`, `1.2.3-rc2` after `1.2.3-rc1`. */
function next(version: string): string {
  const last = /\d+(?=\D*$)/.exec(version);
  if (!last) return `${version === '' ? '1.0.0' : version}-1`;
  const number = String(BigInt(last[0]) + 1n);
  return version.slice(0, last.index) + number + version.slice(last.index + last[0].length);
}
