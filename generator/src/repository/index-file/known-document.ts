import type { OpenFile } from '../../files/open-file.ts';
import { blockLayout } from './block-layout.ts';
import { trustIndex } from './document.ts';
import type { ChartPlace, KnownLayout } from './known-layout.ts';
import { isCollection } from './layout.ts';
import { StoredEntry } from './stored-entry.ts';
import type { IndexDocument, IndexedEntry } from './types.ts';

/** What a chart needs above it to be an index. */
const HEAD = Buffer.from('entries:\n');

/** The charts of an index: of one of them its own bytes are read, for anything else all. */
class KnownCharts implements ReadonlyMap<string, readonly IndexedEntry[]> {
  readonly #places: ReadonlyMap<string, ChartPlace>;
  readonly #known = new Map<string, readonly IndexedEntry[]>();
  readonly #read: (place: ChartPlace) => readonly IndexedEntry[] | undefined;
  readonly #all: () => IndexDocument['charts'];

  constructor(
    { charts }: KnownLayout,
    read: (place: ChartPlace) => readonly IndexedEntry[] | undefined,
    all: () => IndexDocument['charts'],
  ) {
    this.#places = new Map(charts.map((place) => [place.key, place]));
    this.#read = read;
    this.#all = all;
  }

  get(chart: string): readonly IndexedEntry[] | undefined {
    const place = this.#places.get(chart);
    const entries = this.#known.get(chart) ?? (place && this.#entriesOf(place));
    if (entries) this.#known.set(chart, entries);
    return entries;
  }

  #entriesOf(place: ChartPlace): readonly IndexedEntry[] | undefined {
    return this.#read(place) ?? this.#all().get(place.key);
  }

  has(chart: string): boolean {
    return this.#places.has(chart);
  }

  get size(): number {
    return this.#places.size;
  }

  keys(): MapIterator<string> {
    return this.#places.keys();
  }

  values(): MapIterator<readonly IndexedEntry[]> {
    return this.#all().values();
  }

  entries(): MapIterator<[string, readonly IndexedEntry[]]> {
    return this.#all().entries();
  }

  [Symbol.iterator](): MapIterator<[string, readonly IndexedEntry[]]> {
    return this.entries();
  }

  forEach(...parameters: Parameters<IndexDocument['charts']['forEach']>): void {
    this.#all().forEach(...parameters);
  }
}

/**
 * A large index of which it is known where its charts are. It is read as far as it is asked for, and
 * only while its file is open.
 */
export class KnownDocument implements IndexDocument {
  readonly file: string;
  readonly charts: IndexDocument['charts'];
  readonly #source: OpenFile;
  readonly #size: number;
  #whole: IndexDocument | undefined;

  constructor(source: OpenFile, file: string, layout: KnownLayout) {
    this.file = file;
    this.#source = source;
    this.#size = layout.size;
    this.charts = new KnownCharts(
      layout,
      (place) => this.#whole?.charts.get(place.key) ?? this.#entriesOf(place),
      () => this.whole.charts,
    );
  }

  /** The same index, all of it read. */
  get whole(): IndexDocument {
    this.#whole ??= trustIndex(this.#source.read(0, this.#size), this.file);
    return this.#whole;
  }

  get bytes(): Uint8Array {
    return this.whole.bytes;
  }

  get head(): IndexDocument['head'] {
    return this.whole.head;
  }

  get layout(): IndexDocument['layout'] {
    return this.whole.layout;
  }

  /** Undefined where something else than the chart is there. */
  #entriesOf({ key, start, end }: ChartPlace): readonly IndexedEntry[] | undefined {
    const bytes = Buffer.concat([HEAD, this.#source.read(start, end)]);
    const entries = blockLayout(bytes, 0)?.entries;
    const [chart, ...others] = isCollection(entries) ? entries.items : [];
    if (chart?.key !== key || others.length > 0) return undefined;
    if (!isCollection(chart.list)) return [];
    const offset = start - HEAD.length;
    const source = { file: this.file, bytes, offset, style: chart.list.style };
    return chart.list.items.map((range, position) => {
      const placed = { start: range.start + offset, end: range.end + offset };
      return new StoredEntry(source, { chart: key, position, range: placed });
    });
  }
}
