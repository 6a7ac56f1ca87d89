import { type Fields, METADATA_FIELDS, type Shape } from '../../archive/metadata-shape.ts';
import { isMapping } from '../../json-object.ts';

/** Fields of an entry and of the top as Helm reads them: pkg/repo/v1/index.go. */
export const ENTRY_FIELDS: Fields = {
  ...METADATA_FIELDS,
  urls: 'texts',
  created: 'text',
  removed: 'flag',
  digest: 'text',
  // Of Helm 2, read and not used by Helm 3 and 4.
  ...{ checksum: 'text', engine: 'text', tillerVersion: 'text', url: 'text' },
};
export const TOP_FIELDS: Fields = {
  apiVersion: 'text',
  generated: 'text',
  publicKeys: 'texts',
  annotations: 'textMap',
};

/** Where something has another form than Helm can read, and what it should be. */
export interface Misshape {
  path: string;
  message: string;
  /** Helm refuses the whole file because of it. */
  isFatal?: true;
}

/** What makes Helm refuse an index as a whole. */
export function fatal(path: string, message: string): Misshape {
  return { path, message: `${message}, Helm refuses the whole index`, isFatal: true };
}

/** Reports values of a form that Helm cannot read, which makes it refuse the file. */
export class ShapeCheck {
  readonly found: Misshape[] = [];
  /** JSON may have fields that Helm does not know. */
  readonly #isJson: boolean;

  constructor(isJson: boolean) {
    this.#isJson = isJson;
  }

  fields(value: Readonly<Record<string, unknown>>, fields: Fields, path = ''): void {
    for (const [name, item] of Object.entries(value)) {
      const at = path === '' ? name : `${path}.${name}`;
      const shape = Object.hasOwn(fields, name) ? fields[name] : undefined;
      if (shape !== undefined) this.#check(item, shape, at);
      else if (!this.#isJson) this.#refuse(at, 'unknown field');
    }
  }

  #refuse(path: string, message: string): void {
    this.found.push(fatal(path, message));
  }

  #check(value: unknown, shape: Shape, path: string): void {
    if (value === null) return;
    if (shape === 'text' || shape === 'keptText') this.#text(value, path);
    else if (shape === 'flag') this.#flag(value, path);
    else if (shape === 'textMap') this.#textMap(value, path);
    else this.#list(value, shape, path);
  }

  #text(value: unknown, path: string): void {
    if (typeof value !== 'string') this.#refuse(path, 'expected text in quotes');
  }

  #flag(value: unknown, path: string): void {
    if (typeof value !== 'boolean') this.#refuse(path, 'expected true or false');
  }

  #textMap(value: unknown, path: string): void {
    if (!isMapping(value)) this.#refuse(path, 'expected a mapping');
    else
      for (const [key, item] of Object.entries(value)) this.#check(item, 'text', `${path}.${key}`);
  }

  #list(
    value: unknown,
    shape: Exclude<Shape, 'text' | 'keptText' | 'flag' | 'textMap'>,
    path: string,
  ): void {
    if (!Array.isArray(value)) {
      this.#refuse(path, 'expected a list');
      return;
    }
    for (const [index, item] of value.entries()) {
      const at = `${path}[${index}]`;
      if (shape === 'texts') this.#check(item, 'text', at);
      else if (shape === 'imports') continue;
      else if (item === null)
        this.found.push({ path: at, message: 'it is empty, Helm passes over the entry' });
      else if (isMapping(item)) this.fields(item, shape.list, at);
      else this.#refuse(at, 'expected a mapping');
    }
  }
}
