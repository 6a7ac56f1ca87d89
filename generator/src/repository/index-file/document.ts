import { isMapping } from '../../json-object.ts';
import type { Json } from '../../model/types.ts';
import { blockLayout } from './block-layout.ts';
import { isSame, isSameList, sameData, sameFields } from './compare-data.ts';
import { flowLayout } from './flow-layout.ts';
import { MAP_START, skipSpace } from './flow-scan.ts';
import { type ChartLayout, isCollection, type Layout } from './layout.ts';
import { findProblems, withLines } from './problems.ts';
import { type IndexData, readData } from './index-data.ts';
import { mayHaveAliases } from './aliases.ts';
import { readParts } from './read-parts.ts';
import { StoredEntry } from './stored-entry.ts';
import type { CheckedIndex, IndexDocument, IndexedEntry } from './types.ts';
import { parseYaml } from './yaml.ts';

const BYTE_ORDER_MARK = Buffer.from('\ufeff');

function findLayout(bytes: Buffer): Layout | undefined {
  const start = bytes.indexOf(BYTE_ORDER_MARK) === 0 ? BYTE_ORDER_MARK.length : 0;
  const first = skipSpace(bytes, start);
  return bytes[first] === MAP_START ? flowLayout(bytes, first) : blockLayout(bytes, start);
}

function storedEntries(file: string, bytes: Buffer, { key, list }: ChartLayout): IndexedEntry[] {
  if (!isCollection(list)) return [];
  const source = { file, bytes, style: list.style };
  return list.items.map(
    (range, position) => new StoredEntry(source, { chart: key, position, range }),
  );
}

function parseHead(file: string, bytes: Buffer, { top }: Layout): Map<string, Json> {
  const head = new Map<string, Json>();
  for (const { key, start, end } of top.items) {
    if (key === 'entries') continue;
    const text = bytes.toString('utf8', start, end);
    const field = parseYaml(top.style === 'flow' ? `{${text}}` : text, file);
    head.set(key, (isMapping(field) ? field[key] : null) as Json);
  }
  return head;
}

function documentOf(
  file: string,
  bytes: Buffer,
  layout: Layout,
  head: IndexDocument['head'],
): IndexDocument {
  const charts = isCollection(layout.entries) ? layout.entries.items : [];
  return {
    file,
    bytes,
    head,
    charts: new Map(charts.map((chart) => [chart.key, storedEntries(file, bytes, chart)])),
    layout,
  };
}

/** A document whose entries cannot be read one by one: they share parts, or their form is unusual. */
function documentOfData(
  file: string,
  bytes: Buffer,
  { head, charts }: IndexData,
  known?: IndexDocument,
): IndexDocument {
  const source = { file, bytes, style: 'block' } as const;
  const entriesOf = (chart: string, list: Json[]) =>
    list.map((data, position) => {
      const range = known?.charts.get(chart)?.[position]?.range ?? { start: 0, end: 0 };
      return new StoredEntry(source, { chart, position, range }, data);
    });
  const entries = [...charts].map(([chart, list]) => [chart, entriesOf(chart, list)] as const);
  return { file, bytes, head, charts: new Map(entries), layout: known?.layout };
}

interface ReadDocument {
  document: IndexDocument;
  /** Helm reads JSON by other rules than YAML. */
  isJson: boolean;
}

function readWhole(bytes: Buffer, file: string): ReadDocument {
  const data = readData(bytes, file);
  return { document: findInData(bytes, file, data), isJson: data.isJson };
}

function findInData(bytes: Buffer, file: string, data: IndexData): IndexDocument {
  const layout = findLayout(bytes);
  const document = layout && documentOf(file, bytes, layout, data.head);
  if (!document || !isSame(document, data, () => true)) return documentOfData(file, bytes, data);
  const hasAliases = mayHaveAliases(bytes);
  if (isSame(document, data, hasAliases ? sameData : sameFields)) return document;
  // Entries that share parts are told by the data; others that look different cannot be edited.
  return documentOfData(file, bytes, data, hasAliases ? document : undefined);
}

/** A document in block style; undefined where all of it has to be looked at, such as for an error. */
function readBlockDocument(bytes: Buffer, file: string): ReadDocument | undefined {
  const layout = mayHaveAliases(bytes) ? undefined : findLayout(bytes);
  if (!layout) return undefined;
  const document = documentOf(file, bytes, layout, new Map());
  const head = readParts(bytes, layout, file, (chart, entries) => {
    const values = Array.isArray(entries) ? entries : undefined;
    return isSameList(document.charts.get(chart) ?? [], values, sameFields);
  });
  const apiVersion = head?.get('apiVersion');
  return head && typeof apiVersion === 'string' && apiVersion !== ''
    ? { document: { ...document, head }, isJson: false }
    : undefined;
}

/**
 * Reads an index (pkg/repo/v1/index.go), YAML or JSON, and finds what is wrong in it. What was found
 * by its place in the file is compared with what a YAML parser makes of all of it.
 * @param file what to call it in messages.
 * @throws UserError INDEX_INVALID where Helm would refuse the file and its entries cannot be told.
 */
export function readIndex(bytes: Uint8Array, file: string): CheckedIndex {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { document, isJson } = readBlockDocument(buffer, file) ?? readWhole(buffer, file);
  return { document, problems: withLines(document, findProblems(document, { isJson })) };
}

/** An index by where everything is in it; undefined where the bytes alone do not tell. */
export function locateIndex(bytes: Buffer, file: string): IndexDocument | undefined {
  const layout = mayHaveAliases(bytes) ? undefined : findLayout(bytes);
  return layout && documentOf(file, bytes, layout, parseHead(file, bytes, layout));
}

/**
 * Finds where everything is in an index that was checked before, and parses none of it.
 * @throws UserError INDEX_INVALID
 */
export function trustIndex(bytes: Uint8Array, file: string): IndexDocument {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return locateIndex(buffer, file) ?? readIndex(buffer, file).document;
}

/** The index of a repository without charts. */
export function emptyIndex(file: string): IndexDocument {
  return trustIndex(Buffer.from('apiVersion: v1\nentries: {}\n'), file);
}
