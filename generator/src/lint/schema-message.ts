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
const HEADLINE =
  /^values don't meet the specifications of the schema\(s\) in the following chart\(s\):\n/;
/** `- at '/image/tag': got number, want string`, with details on indented lines. */
const ENTRY = /^- at '((?:[^'\\]|\\.)*)': ([\s\S]*)$/;
/** The key is what is wrong, not the object that has it. */
const UNKNOWN_KEY = /^additional properties '([^']+)' not allowed$/;

/** Reads a message of Helm 3 or 4 on values that break a schema; undefined for any other message. */
export function readSchemaErrors(text: string): SchemaError[] | undefined {
  const errors: SchemaError[] = [];
  let chart: string | undefined;
  for (const block of text.replace(HEADLINE, '').split(/\n(?! )/)) {
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
