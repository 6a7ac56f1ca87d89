import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { bytesOf } from '../../../../generator/src/files/content.ts';
import { statusText } from '../../../../generator/src/files/file-status.ts';
import { OpenFile } from '../../../../generator/src/files/open-file.ts';
import { trustIndex } from '../../../../generator/src/repository/index-file/document.ts';
import { editIndex } from '../../../../generator/src/repository/index-file/edit.ts';
import { editKnownIndex } from '../../../../generator/src/repository/index-file/edit-known.ts';
import { KnownDocument } from '../../../../generator/src/repository/index-file/known-document.ts';
import type { KnownIndex } from '../../../../generator/src/repository/index-file/known-index.ts';
import {
  type KnownLayout,
  placeOf,
} from '../../../../generator/src/repository/index-file/known-layout.ts';
import { isCollection } from '../../../../generator/src/repository/index-file/layout.ts';
import { ListedText } from '../../../../generator/src/repository/index-file/listed-files.ts';
import { listedFiles } from '../../../../generator/src/repository/index-file/named-files.ts';
import type { IndexEdit } from '../../../../generator/src/repository/index-file/types.ts';
import { temporaryFolder } from '../../fileset/fixture.ts';
import { dataOf, entry } from '../fixture.ts';
import { chartName, charts, form, sourceOf } from './sources.ts';

let path: string;
const open: OpenFile[] = [];

beforeEach(() => {
  path = join(temporaryFolder(), 'index.yaml');
});

afterEach(() => {
  for (const file of open.splice(0)) file.close();
});

/** Where the charts are, also in a small index; undefined where they are not in block style. */
function layoutOf(bytes: Buffer): KnownLayout | undefined {
  const { layout } = trustIndex(bytes, path);
  const entries = layout?.top.style === 'block' ? layout.entries : undefined;
  if (!isCollection(entries) || entries.style !== 'block') return undefined;
  return { size: bytes.length, charts: entries.items.map(placeOf) };
}

function knownIndex(bytes: Buffer, layout: KnownLayout, listed: ListedText): KnownIndex {
  writeFileSync(path, bytes);
  const source = new OpenFile(path);
  open.push(source);
  expect(statusText(source.status)).toContain(` ${bytes.length} `);
  return {
    document: new KnownDocument(source, path, layout),
    problems: [],
    listed,
    layout,
    source,
  };
}

const listedIn = (bytes: Buffer) => {
  const listed = ListedText.of([...listedFiles(trustIndex(bytes, path))]);
  if (!listed) throw new Error('a path has several lines');
  return listed;
};

const NEW_VERSIONS = ['0.1.0', '1.5.0', '3.0.0', '1.0.0-a', '9.9.9+b'];
const edits: fc.Arbitrary<IndexEdit[]> = fc
  .uniqueArray(fc.tuple(chartName, fc.constantFrom(...NEW_VERSIONS)), {
    selector: ([chart, version]) => `${chart} ${version}`,
    minLength: 1,
    maxLength: 3,
  })
  .map((added) =>
    added.map(([chart, version]) => ({ kind: 'add', chart, entry: entry(chart, version) })),
  );

test('an excerpt is edited as the whole index is, again and again', () => {
  let edited = 0;
  fc.assert(
    fc.property(
      charts,
      form,
      fc.array(edits, { minLength: 1, maxLength: 3 }),
      (data, how, runs) => {
        let bytes = sourceOf(data, how);
        let layout = layoutOf(bytes);
        fc.pre(layout !== undefined);
        let listed = listedIn(bytes);
        for (const run of runs) {
          if (!layout) return;
          const index = knownIndex(bytes, layout, listed);
          const after = editKnownIndex(index, run);
          if (!after) continue;
          const expected = editIndex(trustIndex(bytes, path), run);
          bytes = bytesOf(after.content);
          expect(bytes.toString()).toBe(expected.toString());
          expect(after.known?.layout).toEqual(layoutOf(bytes));
          expect(new Set(after.known?.listed)).toEqual(listedFiles(trustIndex(bytes, path)));
          ({ layout, listed } = { listed, ...after.known });
          edited += 1;
        }
      },
    ),
    { numRuns: 300 },
  );
  expect(edited).toBeGreaterThan(50);
});

test('the charts of a known index are those of the whole, one by one and all at once', () => {
  fc.assert(
    fc.property(charts, form, (data, how) => {
      const bytes = sourceOf(data, how);
      const layout = layoutOf(bytes);
      fc.pre(layout !== undefined);
      const whole = trustIndex(bytes, path);
      const { document } = knownIndex(bytes, layout, listedIn(bytes));
      const placesOf = (document: { charts: typeof whole.charts }, chart: string) =>
        document.charts
          .get(chart)
          ?.map(({ position, range, version, urls }) => ({ position, range, version, urls }));
      for (const chart of [...data.keys(), 'none']) {
        expect(placesOf(document, chart)).toEqual(placesOf(whole, chart));
        expect(document.charts.has(chart)).toBe(whole.charts.has(chart));
      }
      expect([...document.charts.keys()]).toEqual([...whole.charts.keys()]);
      expect(document.charts.size).toBe(whole.charts.size);
      expect(dataOf(document)).toEqual(dataOf(whole));
    }),
  );
});
