import { join } from 'node:path';
import { dump } from 'js-yaml';
import fc from 'fast-check';
import { sha256 } from '../../../../generator/src/files/digest.ts';
import type { Json } from '../../../../generator/src/model/types.ts';
import { readIndex } from '../../../../generator/src/repository/index-file/document.ts';
import { editIndex } from '../../../../generator/src/repository/index-file/edit.ts';
import type {
  CheckedIndex,
  IndexDocument,
} from '../../../../generator/src/repository/index-file/types.ts';
import type { CarePlan } from '../../../../generator/src/repository/care/care-plan.ts';
import type { RepositoryIndexes } from '../../../../generator/src/repository/care/repository-indexes.ts';
import { RETIRED_INDEX } from '../../../../generator/src/repository/retired-index.ts';
import { temporaryFolder, write } from '../../fileset/fixture.ts';
import { publicIndexes } from '../fixture.ts';

/** What an entry says of a chart, fields in Helm's order. */
export function listing(name: string, version: string, more: Record<string, Json> = {}): Json {
  const fields: Record<string, Json> = {
    apiVersion: 'v2',
    created: '2026-01-02T03:04:05Z',
    digest: sha256(`${name} ${version}`),
    name,
    urls: [`${name}-${version}.tgz`],
    version,
    ...more,
  };
  return Object.fromEntries(Object.entries(fields).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** `demo 1.0.0`, `demo 1.1.0` … as the text of an index. */
export function indexText(entries: readonly Json[], head: Record<string, Json> = {}): string {
  const charts = Map.groupBy(entries, (entry) => (entry as { name: string }).name);
  const index = { apiVersion: 'v1', entries: Object.fromEntries(charts), ...head };
  return dump(index, { quoteStyle: 'double', seqNoIndent: true, lineWidth: -1 });
}

export function checked(entries: readonly Json[], head: Record<string, Json> = {}): CheckedIndex {
  return readIndex(Buffer.from(indexText(entries, head)), 'index.yaml');
}

export function documentOf(...entries: Json[]): IndexDocument {
  return checked(entries).document;
}

/** Those index files of public repositories that Helm takes: one has no apiVersion. */
export function readableIndexes(): [name: string, bytes: Buffer][] {
  return [...publicIndexes()].filter(([, bytes]) => bytes.includes('apiVersion: v1\n'));
}

/** The folder of a repository; `retired` is what archive/index.yaml lists. */
export function repositoryFolder(entries: readonly Json[], retired?: readonly Json[]): string {
  const folder = temporaryFolder();
  write(join(folder, 'index.yaml'), indexText(entries));
  if (retired) write(join(folder, RETIRED_INDEX), indexText(retired));
  return folder;
}

/** The data of all entries of an index, sorted. */
export function entriesOf(document: IndexDocument | undefined): string[] {
  const entries = document ? [...document.charts.values()].flat() : [];
  return entries.map(({ data }) => JSON.stringify(data)).toSorted();
}

/** `demo 1.0.0`, in the order of the index. */
export function namesOf(document: IndexDocument | undefined): string[] {
  const entries = document ? [...document.charts.values()].flat() : [];
  return entries.map(({ chart, version }) => `${chart} ${version}`);
}

/**
 * Carries a plan out in memory.
 * @param updates how many of its updates; all where absent.
 */
export function carryOut(
  { current, retired }: RepositoryIndexes,
  plan: CarePlan<unknown>,
  updates = plan.updates.length,
): RepositoryIndexes {
  const empty = readIndex(Buffer.from('apiVersion: v1\nentries: {}\n'), RETIRED_INDEX).document;
  const indexes = new Map([
    ['index.yaml', current],
    [RETIRED_INDEX, retired ?? empty],
  ]);
  for (const { file, edits } of plan.updates.slice(0, updates)) {
    const document = indexes.get(file);
    if (!document) throw new Error(`there is no index ${file}`);
    const bytes = editIndex(document, edits(document));
    indexes.set(file, readIndex(bytes, file).document);
  }
  return { current: indexes.get('index.yaml') ?? current, retired: indexes.get(RETIRED_INDEX) };
}

const version = fc
  .tuple(fc.nat(2), fc.nat(2), fc.nat(3), fc.constantFrom('', '', '', '-rc.1', '-rc.2', '+1'))
  .map(([major, minor, patch, rest]) => `${major}.${minor}.${patch}${rest}`);
const dependency = fc.record({
  name: fc.constantFrom('app', 'base', '__proto__'),
  repository: fc.constantFrom('https://example.com/charts', '', 'file://../base', '@ours'),
  version: fc.oneof(version, fc.constantFrom('^1.0.0', '~1.1', '*', '>=1.0.0-0 <2', '1.x')),
});

/** Entries of a few charts that depend on one another, each version once, newest first as a rule. */
export const randomEntries: fc.Arbitrary<Json[]> = fc
  .uniqueArray(
    fc.record({
      name: fc.constantFrom('app', 'base', '__proto__'),
      version,
      dependencies: fc.array(dependency, { maxLength: 2 }),
    }),
    { selector: (item) => `${item.name} ${item.version}`, minLength: 1, maxLength: 25 },
  )
  .map((items) =>
    items.map(({ name, version: text, dependencies }) =>
      listing(name, text, dependencies.length > 0 ? { dependencies } : {}),
    ),
  );
