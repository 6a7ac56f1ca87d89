import { isMapping, METADATA_FIELDS } from '../../archive/metadata-shape.ts';
import { parseVersion } from '../../archive/version.ts';
import type { Problem } from '../../errors.ts';
import type { Json } from '../../model/types.ts';
import type { RepositoryIndex } from './index-file.ts';

const TOP_FIELDS = new Set(['apiVersion', 'generated', 'publicKeys', 'annotations', 'serverInfo']);
const ENTRY_FIELDS = new Set([
  ...Object.keys(METADATA_FIELDS),
  ...['urls', 'created', 'removed', 'digest'],
  // Of Helm 2, let through by Helm 3 and 4.
  ...['checksum', 'engine', 'tillerVersion', 'url'],
]);

const UNKNOWN_FIELD = 'unknown field, Helm refuses the whole index';

function entryMessages(chart: string, entry: Json): string[] {
  if (!isMapping(entry)) return ['not an entry, Helm passes over it'];
  const messages = Object.keys(entry)
    .filter((field) => !ENTRY_FIELDS.has(field))
    .map((field) => `${field}: ${UNKNOWN_FIELD}`);
  const { name, version, urls } = entry;
  if (name !== chart) messages.push(`its name is ${JSON.stringify(name)}`);
  if (typeof version !== 'string') messages.push('it has no version, Helm passes over it');
  else if (!parseVersion(version))
    messages.push(`${JSON.stringify(version)} is not a version, Helm passes over it`);
  if (!Array.isArray(urls) || urls.length === 0)
    messages.push('it has no urls, Helm cannot fetch it');
  return messages;
}

function chartProblems(chart: string, entries: readonly Json[], file: string): Problem[] {
  const seen = new Set<unknown>();
  return entries.flatMap((entry, position) => {
    const messages = entryMessages(chart, entry);
    const version = isMapping(entry) ? entry.version : undefined;
    if (version !== undefined && seen.has(version))
      messages.push(`version ${JSON.stringify(version)} is listed before, Helm takes either`);
    seen.add(version);
    return messages.map((message) => ({ message, file, path: `entries.${chart}[${position}]` }));
  });
}

/** What Helm 3 and 4 would refuse, pass over or not be able to use. */
export function findIndexProblems({ head, entries }: RepositoryIndex, file: string): Problem[] {
  const top = Object.keys(head)
    .filter((field) => !TOP_FIELDS.has(field))
    .map((path) => ({ message: UNKNOWN_FIELD, file, path }));
  return [...top, ...[...entries].flatMap(([chart, list]) => chartProblems(chart, list, file))];
}
