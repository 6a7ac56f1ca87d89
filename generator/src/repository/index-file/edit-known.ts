import type { Content, FilePart } from '../../files/content.ts';
import { mayAddAlias } from './aliases.ts';
import { locateIndex } from './document.ts';
import { editParts } from './edit.ts';
import { type Excerpt, layoutAfter, placeInFile, takeExcerpt } from './excerpt.ts';
import { faultlessFiles } from './faultless.ts';
import type { KnownIndex } from './known-index.ts';
import type { KnownLayout } from './known-layout.ts';
import type { KnownRecord } from './known-record.ts';
import { isRange, joinParts } from './parts.ts';
import type { IndexDocument, IndexEdit, Range } from './types.ts';

/** A known index after some edits. */
export interface EditedKnownIndex {
  content: Content;
  /** What is known of it then; undefined where it has to be looked at again. */
  known: Pick<KnownRecord, 'layout' | 'listed'> | undefined;
}

/** Is an excerpt, read as an index, what it has to be where each chart is at its known place? */
function isAsKnown(
  { charts }: IndexDocument,
  layout: KnownLayout,
  { omissions }: Excerpt,
): boolean {
  const keys = [...charts.keys()];
  return (
    keys.length === layout.charts.length &&
    layout.charts.every(({ key }, index) => key === keys[index]) &&
    omissions.every(({ key }) => charts.get(key)?.length === 0)
  );
}

/**
 * Edits a known index as editIndex does, reading no more of it than an excerpt.
 * @returns undefined for what takes all of it: anything but entries without fault.
 */
export function editKnownIndex(
  index: KnownIndex,
  edits: readonly IndexEdit[],
): EditedKnownIndex | undefined {
  const { document, layout, listed, source } = index;
  const files = faultlessFiles(index, edits);
  if (!files) return undefined;
  const charts = edits.flatMap((edit) => (edit.kind === 'add' ? [edit.chart] : []));
  const excerpt = takeExcerpt(layout, new Set(charts), ({ start, end }) => source.read(start, end));
  const before = locateIndex(excerpt.bytes, document.file);
  if (!before || !isAsKnown(before, layout, excerpt)) return undefined;
  const parts = editParts(before, edits);
  const partInFile = ({ start, end }: Range): FilePart => ({
    file: source,
    start: placeInFile(excerpt, start),
    end: placeInFile(excerpt, end),
  });
  const content = parts.map((part) => (isRange(part) ? partInFile(part) : Buffer.from(part)));
  const after = locateIndex(joinParts(excerpt.bytes, parts), document.file);
  const layoutThen = after && layoutAfter(excerpt, after);
  const listedThen = listed.with(files);
  const hasAlias = content.some((part) => Buffer.isBuffer(part) && mayAddAlias(part));
  const isKnown = layoutThen && listedThen && !hasAlias;
  return { content, known: isKnown ? { layout: layoutThen, listed: listedThen } : undefined };
}
