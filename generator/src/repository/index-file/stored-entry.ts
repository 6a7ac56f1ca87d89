import { isMapping } from '../../archive/metadata-shape.ts';
import type { Json } from '../../model/types.ts';
import type { Style } from './layout.ts';
import { quickFields, type QuickFields } from './quick-fields.ts';
import type { IndexedEntry, Range } from './types.ts';
import { parseJson, parseYaml } from './yaml.ts';

/** Where entries are taken from. */
interface Source {
  file: string;
  bytes: Buffer;
  style: Style;
}

function fieldsOf(data: Json): QuickFields {
  const { version, digest, urls } = isMapping(data) ? data : {};
  return {
    version: typeof version === 'string' ? version : undefined,
    digest: typeof digest === 'string' ? digest : undefined,
    urls: Array.isArray(urls) ? urls.filter((url) => typeof url === 'string') : [],
  };
}

/** An entry of a file; it is read when it is asked for. */
export class StoredEntry implements IndexedEntry {
  readonly chart: string;
  readonly position: number;
  readonly range: Range;
  readonly #source: Source;
  #fields: QuickFields | undefined;
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
    return this.#quick.version;
  }

  get digest(): string | undefined {
    return this.#quick.digest?.replace(/^sha256:/, '');
  }

  get urls(): readonly string[] {
    return this.#quick.urls;
  }

  get data(): Json {
    if (this.#data === undefined) this.#data = this.#parse();
    return this.#data;
  }

  get #quick(): QuickFields {
    this.#fields ??=
      (this.#data === undefined ? quickFields(this.#text('latin1')) : undefined) ??
      fieldsOf(this.data);
    return this.#fields;
  }

  #text(encoding: BufferEncoding): string {
    return this.#source.bytes.toString(encoding, this.range.start, this.range.end);
  }

  #parse(): Json {
    const { style, file } = this.#source;
    const text = this.#text('utf8');
    if (style === 'flow') return (parseJson(text) ?? parseYaml(text, file)) as Json;
    // In block style the bytes are a list of one.
    const [entry] = parseYaml(text, file) as Json[];
    return entry ?? null;
  }
}
