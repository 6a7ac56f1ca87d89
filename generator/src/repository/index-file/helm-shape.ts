import {
  type Fields,
  isMapping,
  METADATA_FIELDS,
  type Shape,
} from '../../archive/metadata-shape.ts';

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
}

const REFUSES = 'Helm refuses the whole index';

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
      else if (!this.#isJson) this.#report(at, `unknown field, ${REFUSES}`);
    }
  }

  #report(path: string, message: string): void {
    this.found.push({ path, message });
  }

  #check(value: unknown, shape: Shape, path: string): void {
    if (value === null) return;
    if (shape === 'text' || shape === 'keptText') this.#text(value, path);
    else if (shape === 'flag') this.#flag(value, path);
    else if (shape === 'textMap') this.#textMap(value, path);
    else this.#list(value, shape, path);
  }

  #text(value: unknown, path: string): void {
    if (typeof value !== 'string') this.#report(path, `expected text in quotes, ${REFUSES}`);
  }

  #flag(value: unknown, path: string): void {
    if (typeof value !== 'boolean') this.#report(path, `expected true or false, ${REFUSES}`);
  }

  #textMap(value: unknown, path: string): void {
    if (!isMapping(value)) this.#report(path, `expected a mapping, ${REFUSES}`);
    else
      for (const [key, item] of Object.entries(value)) this.#check(item, 'text', `${path}.${key}`);
  }

  #list(
    value: unknown,
    shape: Exclude<Shape, 'text' | 'keptText' | 'flag' | 'textMap'>,
    path: string,
  ): void {
    if (!Array.isArray(value)) {
      this.#report(path, `expected a list, ${REFUSES}`);
      return;
    }
    for (const [index, item] of value.entries()) {
      const at = `${path}[${index}]`;
      if (shape === 'texts') this.#check(item, 'text', at);
      else if (shape === 'imports') continue;
      else if (item === null) this.#report(at, 'it is empty, Helm passes over the entry');
      else if (isMapping(item)) this.fields(item, shape.list, at);
      else this.#report(at, `expected a mapping, ${REFUSES}`);
    }
  }
}
