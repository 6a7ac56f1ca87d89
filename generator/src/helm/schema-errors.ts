import { pointerKeys } from '../json-pointer.ts';

/** What a value breaks of a values.schema.json, in the words of Helm's schema library. */
export interface SchemaError {
  /** The chart whose schema it is, where Helm says so. */
  chart?: string;
  /** Keys down to the value, in that chart's values. */
  path: string[];
  message: string;
}

/** What `helm template` puts before a list for each chart; `helm lint` shows one list as it is. */
export const SCHEMA_HEADLINE =
  "values don't meet the specifications of the schema(s) in the following chart(s):\n";
/** `- at '/image/tag': got number, want string`, with details on indented lines. */
const ENTRY = /^- at '((?:[^'\\]|\\.)*)': ([\s\S]*)$/;
/** The key is what is wrong, not the object that has it. */
const UNKNOWN_KEY = /^additional properties '([^']+)' not allowed$/;

/**
 * All that values break of the schemas of a chart and its subcharts.
 * @param own the chart, whose errors do not name it.
 */
export function allSchemaErrors(text: string, own: string): SchemaError[] {
  if (text.trim() === '') return [];
  const list = text.replace(SCHEMA_HEADLINE, '').trim();
  const isOwn = list.startsWith(`${own}:\n`);
  // A schema that is none has no list.
  const message = isOwn ? list.slice(own.length + 2) : list;
  const errors: SchemaError[] = readSchemaErrors(text) ?? [{ path: [], message }];
  return errors.map(({ chart, ...error }) =>
    chart === undefined || chart === own ? error : { chart, ...error },
  );
}

/** Reads a message of Helm 3 or 4 on values that break a schema; undefined for any other message. */
export function readSchemaErrors(text: string): SchemaError[] | undefined {
  const errors: SchemaError[] = [];
  let chart: string | undefined;
  for (const block of text.replace(SCHEMA_HEADLINE, '').split(/\n(?! )/)) {
    const [, pointer, message = ''] = ENTRY.exec(block) ?? [];
    if (pointer !== undefined) {
      const path = pointerKeys(pointer);
      const key = UNKNOWN_KEY.exec(message)?.[1];
      errors.push({
        ...(chart !== undefined && { chart }),
        path: key === undefined ? path : [...path, key],
        message: `at '${pointer}': ${message}`,
      });
    } else if (/^[\w.-]+:$/.test(block)) chart = block.slice(0, -1);
    else if (block.trim() !== '') return undefined;
  }
  return errors.length === 0 ? undefined : errors;
}
