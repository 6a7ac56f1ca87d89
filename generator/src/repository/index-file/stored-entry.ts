import { isMapping } from '../../json-object.ts';
import type { Json } from '../../model/types.ts';
import type { Style } from './layout.ts';
import { EntryLines } from './quick-fields.ts';
import type { IndexedEntry, Range } from './types.ts';
import { parseJson, parseYaml } from './yaml.ts';

/** Where entries are taken from. */
interface Source {
  file: string;
  bytes: Buffer;
  /** Where in the file these bytes start, where they are a part of it. */
  offset?: number;
  style: Style;
}

const textOf = (value: Json | undefined) => (typeof value === 'string' ? value : undefined);
/** Those of a list that are texts: Helm takes null for one as well. */
export const textsOf = (value: Json | undefined) =>
  Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];

/** An entry of a file; it is read when it is asked for. Of all of a large index, no data is kept. */
export class StoredEntry implements IndexedEntry {
  readonly chart: string;
  readonly position: number;
  readonly range: Range;
  readonly #source: Source;
  #version: { text: string | undefined } | undefined;
  #data: Json | undefined;

  /** @param data what the entry holds, where its bytes alone do not tell. */
  constructor(
    source: Source,
    place: { chart: string; position: number; range: Range },
    data?: Json,
  ) {
    this.chart = place.chart;
    this.position = place.position;
    this.range = place.range;
    this.#source = source;
    this.#data = data;
  }

  get version(): string | undefined {
    this.#version ??= { text: this.#lines?.text('version') ?? textOf(this.#fields.version) };
    return this.#version.text;
  }

  get digest(): string | undefined {
    const digest = this.#lines?.text('digest') ?? textOf(this.#fields.digest);
    return digest?.replace(/^sha256:/, '');
  }

  get urls(): readonly string[] {
    return this.#lines?.texts('urls') ?? textsOf(this.#fields.urls);
  }

  get data(): Json {
    return this.#data === undefined ? this.#parse() : this.#data;
  }

  /** What can be read without parsing; not of an entry that is parsed. */
  get #lines(): EntryLines | undefined {
    if (this.#data !== undefined) return undefined;
    return new EntryLines(this.#source.bytes, this.#place);
  }

  /** Where it is in the bytes of its source. */
  get #place(): Range {
    const { offset = 0 } = this.#source;
    return { start: this.range.start - offset, end: this.range.end - offset };
  }

  /** Kept, because it is asked for again. */
  get #fields(): Partial<Record<string, Json>> {
    // Not `??=`: an entry may be null.
    if (this.#data === undefined) this.#data = this.#parse();
    return isMapping(this.#data) ? this.#data : {};
  }

  #parse(): Json {
    const { style, file, bytes } = this.#source;
    const { start, end } = this.#place;
    const text = bytes.toString('utf8', start, end);
    if (style === 'flow') return (parseJson(text) ?? parseYaml(text, file)) as Json;
    // In block style the bytes are a list of one.
    const [entry] = parseYaml(text, file) as Json[];
    return entry ?? null;
  }
}
