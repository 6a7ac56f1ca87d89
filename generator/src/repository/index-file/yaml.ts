import {
  boolYaml11Tag,
  FAILSAFE_SCHEMA,
  load,
  mergeTag,
  nullYaml11Tag,
  YAMLException,
} from 'js-yaml';
import { UserError, type Problem } from '../../errors.ts';

// Every field of an index is text, true, false or null: `version: 1.10` must not become 1.1.
const SCHEMA = FAILSAFE_SCHEMA.withTags(nullYaml11Tag, boolYaml11Tag, mergeTag);

/** An index that cannot be read, and why. */
export function invalidIndex(file: string, problem: Problem, next?: string): UserError {
  return new UserError('INDEX_INVALID', `${file} is not a repository index`, {
    problems: [{ file, ...problem }],
    ...(next !== undefined && { next }),
  });
}

/**
 * YAML as data; scalars stay the text they are, a key that stands twice is refused as by Helm.
 * @throws UserError INDEX_INVALID
 */
export function parseYaml(text: string, file: string): unknown {
  try {
    return load(text, { schema: SCHEMA });
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    const position = error.mark && { line: error.mark.line + 1, column: error.mark.column + 1 };
    throw invalidIndex(file, { message: error.reason, ...position });
  }
}

/** JSON as data, undefined for any other text; as with Helm, the last of two equal keys is taken. */
export function parseJson(text: string): unknown {
  if (!text.trimStart().startsWith('{')) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
