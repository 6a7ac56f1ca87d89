import { isAlias } from '../../archive/metadata-shape.ts';
import { isMapping } from '../../json-object.ts';
import { parseVersion } from '../../archive/version.ts';
import type { Json } from '../../model/types.ts';
import { annotationProblems } from './artifact-hub.ts';
import { ENTRY_FIELDS, fatal, type Misshape, ShapeCheck } from './helm-shape.ts';

const SKIPS = 'Helm passes over it';
const DIGEST = /^(?:sha256:)?[\da-f]{64}$/i;
// What Go reads as a time in RFC 3339; YAML allows a space and a date alone.
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:[.,]\d+)?(?:Z|[+-]\d\d:\d\d)$/;

type Entry = Partial<Record<string, Json>>;

/** Helm refuses an index with a time that Go cannot read. */
export function timeProblems(value: Json | undefined, path: string): Misshape[] {
  if (typeof value !== 'string' || TIME.test(value)) return [];
  return [fatal(path, `${JSON.stringify(value)} is no time such as 2026-01-31T12:00:00Z`)];
}

function nameProblems(chart: string, { name }: Entry): Misshape[] {
  if (name === undefined || name === null || name === '')
    return [{ path: 'name', message: `it has no name, ${SKIPS}` }];
  if (typeof name !== 'string') return [];
  if (name === '.' || name === '..' || /[/\\]/.test(name))
    return [{ path: 'name', message: `${JSON.stringify(name)} cannot be a file name, ${SKIPS}` }];
  if (name === chart) return [];
  return [{ path: 'name', message: `${JSON.stringify(name)} is not the chart it is listed under` }];
}

function versionProblems({ version }: Entry): Misshape[] {
  if (version === undefined || version === null || version === '')
    return [{ path: 'version', message: `it has no version, ${SKIPS}` }];
  if (typeof version !== 'string' || parseVersion(version)) return [];
  return [{ path: 'version', message: `${JSON.stringify(version)} is not a version, ${SKIPS}` }];
}

function archiveProblems({ urls, digest, type }: Entry): Misshape[] {
  const found: Misshape[] = [];
  if (urls === undefined || urls === null || (Array.isArray(urls) && urls.length === 0))
    found.push({ path: 'urls', message: 'it has no urls, Helm cannot fetch it' });
  if (typeof digest === 'string' && digest !== '' && !DIGEST.test(digest))
    found.push({
      path: 'digest',
      message: `${JSON.stringify(digest)} is no SHA-256, Helm 4 cannot fetch it`,
    });
  if (typeof type === 'string' && !['', 'application', 'library'].includes(type))
    found.push({
      path: 'type',
      message: `${JSON.stringify(type)} is neither application nor library, ${SKIPS}`,
    });
  return found;
}

function aliasProblems({ dependencies }: Entry): Misshape[] {
  if (!Array.isArray(dependencies)) return [];
  return dependencies.flatMap((dependency, index) => {
    const alias = isMapping(dependency) ? dependency.alias : undefined;
    if (typeof alias !== 'string' || alias === '' || isAlias(alias)) return [];
    const message = `${JSON.stringify(alias)} may hold letters, digits, - and _ only, ${SKIPS}`;
    return [{ path: `dependencies[${index}].alias`, message }];
  });
}

/**
 * What is wrong with an entry, by paths in it.
 * @param chart the name it is listed under.
 */
export function entryProblems(chart: string, data: Json, isJson: boolean): Misshape[] {
  if (!isMapping(data)) {
    const what = 'not an entry';
    return [data === null ? { path: '', message: `${what}, ${SKIPS}` } : fatal('', what)];
  }
  const entry = data as Entry;
  const shapes = new ShapeCheck(isJson);
  shapes.fields(entry, ENTRY_FIELDS);
  return [
    ...shapes.found,
    ...nameProblems(chart, entry),
    ...versionProblems(entry),
    ...archiveProblems(entry),
    ...timeProblems(entry.created, 'created'),
    ...aliasProblems(entry),
    ...annotationProblems(entry.annotations),
  ];
}
