import { readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test, vi } from 'vitest';
import { bytesOf } from '../../../../generator/src/files/content.ts';
import { statusText } from '../../../../generator/src/files/file-status.ts';
import { updateDirectoryIndex } from '../../../../generator/src/repository/directory/directory-index.ts';
import {
  type EditableIndex,
  openEditable,
} from '../../../../generator/src/repository/directory/editable-index.ts';
import { readCheckedRecord } from '../../../../generator/src/repository/index-file/checked-record.ts';
import { trustIndex } from '../../../../generator/src/repository/index-file/document.ts';
import { editIndex } from '../../../../generator/src/repository/index-file/edit.ts';
import { KnownDocument } from '../../../../generator/src/repository/index-file/known-document.ts';
import { readKnownRecord } from '../../../../generator/src/repository/index-file/known-record.ts';
import { listedFiles } from '../../../../generator/src/repository/index-file/named-files.ts';
import type {
  IndexDocument,
  IndexEdit,
} from '../../../../generator/src/repository/index-file/types.ts';
import { temporaryFolder } from '../../fileset/fixture.ts';
import { entry, indexOf } from '../fixture.ts';

const INDEX = 'index.yaml';
const AN_HOUR = 3_600_000;
const versions = (name: string) =>
  Array.from({ length: 1000 }, (_, i) => entry(name, `1.${i}.0`, { description: 'text' }));
const LARGE = indexOf({
  alpha: versions('alpha'),
  beta: versions('beta'),
  gamma: versions('gamma'),
}).bytes;

const add = (chart: string, version = '9.0.0', description = 'text'): IndexEdit => ({
  kind: 'add',
  chart,
  entry: entry(chart, version, { description }),
});

let folder: string;
let path: string;

/** Has this program know the index in the folder, last changed an hour ago. */
async function makeKnown(): Promise<EditableIndex> {
  writeFileSync(path, LARGE);
  const time = new Date(Date.now() - AN_HOUR);
  utimesSync(path, time, time);
  const first = await openEditable(path);
  await first.edit([]).remember(statusText(statSync(path, { bigint: true })));
  first.close();
  const editable = await openEditable(path);
  expect(editable.index.document).toBeInstanceOf(KnownDocument);
  return editable;
}

const expectedAfter = (edits: readonly IndexEdit[], bytes: Uint8Array = LARGE) =>
  editIndex(trustIndex(bytes, path), edits).toString();

beforeEach(() => {
  folder = temporaryFolder();
  path = join(folder, INDEX);
  vi.stubEnv('SPARK_CHARTS_CACHE', temporaryFolder());
  return () => {
    vi.unstubAllEnvs();
  };
});

test('versions are added to a known index, and it stays known', async () => {
  (await makeKnown()).close();
  let expected = LARGE;
  for (const chart of ['beta', 'new', 'alpha', 'zeta']) {
    expect(await updateDirectoryIndex(folder, INDEX, () => [add(chart)])).toBe(true);
    expected = Buffer.from(expectedAfter([add(chart)], expected));
    expect(readFileSync(path, 'utf8')).toBe(expected.toString());
    const status = statusText(statSync(path, { bigint: true }));
    const known = await readKnownRecord(path);
    const checked = await readCheckedRecord(expected);
    // Where the clock did not tick while it was written, its bytes tell.
    const { listed } = (known?.status === status ? known : checked) ?? { listed: [] };
    expect(new Set(listed)).toEqual(listedFiles(trustIndex(expected, path)));
  }
});

test('where the file cannot be told by its status, its bytes tell', async () => {
  const editable = await makeKnown();
  const { content, remember } = editable.edit([add('beta')]);
  await remember(undefined);
  const checked = await readCheckedRecord(bytesOf(content));
  editable.close();
  expect(checked?.problems).toEqual([]);
  expect([...(checked?.listed ?? [])]).toContain('beta-9.0.0.tgz');
});

test('what may be one half of an alias is looked for in all of the index', async () => {
  const editable = await makeKnown();
  const edits = [add('beta', '9.0.0', 'see, *this*')];
  const { content, remember } = editable.edit(edits);
  expect(bytesOf(content).toString()).toBe(expectedAfter(edits));
  await remember('status');
  expect(await readCheckedRecord(bytesOf(content))).toBeDefined();
  editable.close();
});

const entryOf = ({ charts }: IndexDocument, chart: string) => {
  const [first] = charts.get(chart) ?? [];
  if (!first) throw new Error(`${chart} has no entries`);
  return first;
};

test.each<[string, (document: IndexDocument) => IndexEdit[]]>([
  ['removed', (document) => [{ kind: 'remove', entry: entryOf(document, 'beta') }]],
  [
    'replaced',
    (document) => [
      { kind: 'replace', entry: entryOf(document, 'beta'), by: entry('beta', '7.0.0') },
    ],
  ],
  ['added with a fault', () => [add('beta', 'latest')]],
  ['added though it is there', () => [add('beta', '1.5.0')]],
  ['added beside a field', () => [add('beta'), { kind: 'head', field: 'mystery', value: 'a' }]],
])('an entry that is %s is edited in all of the index', async (_, editsOf) => {
  const editable = await makeKnown();
  const edits = editsOf(editable.index.document);
  const { content, remember } = editable.edit(edits);
  expect(bytesOf(content).toString()).toBe(expectedAfter(editsOf(trustIndex(LARGE, path))));
  await remember(undefined);
  expect(await readCheckedRecord(bytesOf(content))).toBeDefined();
  editable.close();
});

test('an index that has index.json beside it is kept in step', async () => {
  (await makeKnown()).close();
  writeFileSync(join(folder, 'index.json'), '{}');
  await updateDirectoryIndex(folder, INDEX, () => [add('beta')]);
  const { entries } = JSON.parse(readFileSync(join(folder, 'index.json'), 'utf8')) as {
    entries: Record<string, { version: string }[]>;
  };
  expect(entries.beta?.[0]?.version).toBe('9.0.0');
  expect(readFileSync(path, 'utf8')).toBe(expectedAfter([add('beta')]));
});

test('what another program writes into a known index meanwhile is not lost', async () => {
  (await makeKnown()).close();
  const theirs = Buffer.from(expectedAfter([add('gamma')]));
  let turns = 0;
  await updateDirectoryIndex(folder, INDEX, () => {
    if (turns === 0) writeFileSync(path, theirs);
    turns += 1;
    return [add('beta')];
  });
  expect(turns).toBe(2);
  expect(readFileSync(path, 'utf8')).toBe(expectedAfter([add('beta')], theirs));
});
