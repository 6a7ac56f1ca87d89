import {
  boolYaml11Tag,
  dump,
  FAILSAFE_SCHEMA,
  load,
  mergeTag,
  nullYaml11Tag,
  SCALAR_STYLE,
  type ScalarStyleRule,
  DEFAULT_SCALAR_STYLE_RULES,
  YAML11_SCHEMA,
  YAMLException,
} from 'js-yaml';
import { isMapping } from '../../archive/metadata-shape.ts';
import { UserError, type Problem } from '../../errors.ts';
import type { Json } from '../../model/types.ts';
import { findIndexProblems } from './problems.ts';

/** index.yaml as data; nothing that stands in the file is missing here. */
export interface RepositoryIndex {
  /** Everything at the top of the file but `entries`. */
  head: Record<string, Json>;
  /** Chart name → its entries in the order of the file, those that are no good among them. */
  entries: Map<string, Json[]>;
}

export interface ParsedIndex {
  index: RepositoryIndex;
  /** What Helm would pass over or refuse. */
  problems: Problem[];
}

// Every field of an index is text, true, false or null: `version: 1.10` must not become 1.1.
const SCHEMA = FAILSAFE_SCHEMA.withTags(nullYaml11Tag, boolYaml11Tag, mergeTag);

// Plain in YAML 1.1, but a number to Helm's parser: 12e4567, 0o17.
const HELM_NUMBER =
  /^[-+]?(?:\.?\d[\d_]*(?:\.\d*)?(?:e[-+]?\d+)?|0x[\da-f_]+|0o[0-7_]+|0b[01_]+)$/i;

const quoteNumbers: ScalarStyleRule = (layout) => {
  if (layout.style === SCALAR_STYLE.PLAIN && HELM_NUMBER.test(layout.node.value))
    layout.style = SCALAR_STYLE.DOUBLE_QUOTED;
};

/** The index of a repository without charts. */
export function emptyIndex(): RepositoryIndex {
  return { head: { apiVersion: 'v1' }, entries: new Map() };
}

/** The exact version of an entry, undefined where it has none. */
export function versionOf(entry: Json): string | undefined {
  const version = isMapping(entry) ? entry.version : undefined;
  return typeof version === 'string' ? version : undefined;
}

function invalid(file: string, problem: Problem): UserError {
  return new UserError('INDEX_INVALID', `${file} is not a repository index`, {
    problems: [{ file, ...problem }],
  });
}

function readEntries(value: unknown, file: string): Map<string, Json[]> {
  if (value != null && !isMapping(value))
    throw invalid(file, { message: 'expected a mapping of charts', path: 'entries' });
  const entries = new Map<string, Json[]>();
  for (const [name, versions] of Object.entries(value ?? {})) {
    if (versions !== null && !Array.isArray(versions))
      throw invalid(file, { message: 'expected a list of versions', path: `entries.${name}` });
    entries.set(name, (versions ?? []) as Json[]);
  }
  return entries;
}

/**
 * Reads an index (pkg/repo/v1/index.go): YAML or JSON.
 * @param file what to call it in messages.
 * @throws UserError INDEX_INVALID where Helm would refuse the file and its entries cannot be told.
 */
export function parseIndex(text: string, file: string): ParsedIndex {
  let document: unknown;
  try {
    document = load(text, { schema: SCHEMA });
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    const position = error.mark && { line: error.mark.line + 1, column: error.mark.column + 1 };
    throw invalid(file, { message: error.reason, ...position });
  }
  if (!isMapping(document)) throw invalid(file, { message: 'expected a mapping' });
  const { entries, ...head } = document as Record<string, Json>;
  if (typeof head.apiVersion !== 'string' || head.apiVersion === '')
    throw invalid(file, { message: 'missing, Helm refuses the file', path: 'apiVersion' });
  const index = { head, entries: readEntries(entries, file) };
  return { index, problems: findIndexProblems(index, file) };
}

/** The text of an index: charts by name, entries and their fields in the order they have. */
export function serialiseIndex({ head, entries }: RepositoryIndex): string {
  const { generated, apiVersion, ...rest } = head;
  const names = [...entries.keys()].toSorted();
  const charts = Object.fromEntries(names.map((name) => [name, entries.get(name) ?? []]));
  const document = {
    apiVersion,
    entries: charts,
    ...(generated !== undefined && { generated }),
    ...rest,
  };
  return dump(document, {
    schema: YAML11_SCHEMA,
    seqNoIndent: true,
    quoteStyle: 'double',
    lineWidth: -1,
    scalarStyleRules: [...Object.values(DEFAULT_SCALAR_STYLE_RULES), quoteNumbers],
  });
}
