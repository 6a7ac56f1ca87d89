import { loadAll, YAMLException } from 'js-yaml';
import { UserError, type ErrorCode, type Problem } from '../errors.ts';
import { GO_TEXT_SCHEMA } from '../go-yaml.ts';
import { isMapping } from '../json-object.ts';
import type { Json } from '../model/types.ts';
import { type Fields, isAlias, METADATA_FIELDS, readFields, ShapeError } from './metadata-shape.ts';
import { parseVersion } from './version.ts';

/** Chart.yaml as Helm reads it: known fields only, in Helm's types. */
export interface ChartMetadata {
  apiVersion: string;
  name: string;
  version: string;
  [field: string]: Json;
}

/** Where a Chart.yaml comes from and what to call it when it is wrong. */
export interface MetadataSource {
  file: string;
  code: Extract<ErrorCode, 'CHART_INVALID' | 'ARCHIVE_INVALID'>;
}

// Enough for any Chart.yaml; a hostile one could make megabytes into terabytes.
const MAX_ALIASES = 50;

const TYPES = [undefined, 'application', 'library'];
/** A name that is one part of a path anywhere and that Helm does not change: no spaces, no control characters. */
const NAME = /^(?!\.{1,2}$)[^\s/\\:\p{C}]+$/u;

function dependencyProblems(dependencies: Json | undefined): string[] {
  const problems: string[] = [];
  const names = new Set<Json>();
  for (const dependency of Array.isArray(dependencies) ? dependencies : []) {
    if (!isMapping(dependency)) continue;
    const { name, alias } = dependency as { name?: Json; alias?: Json };
    if (typeof alias === 'string' && !isAlias(alias))
      problems.push(
        `dependency alias ${JSON.stringify(alias)} may hold letters, digits, - and _ only`,
      );
    const key = alias ?? name ?? '';
    if (names.has(key))
      problems.push(`more than one dependency is called ${JSON.stringify(key)}; give one an alias`);
    names.add(key);
  }
  return problems;
}

/** What Helm checks when it loads a chart (Metadata.Validate). */
function metadataProblems(fields: Record<string, Json>): string[] {
  const { apiVersion, name, version, type } = fields as Partial<Record<string, string>>;
  const problems: string[] = [];
  if (apiVersion !== 'v1' && apiVersion !== 'v2')
    problems.push(`apiVersion must be v2 or v1, not ${JSON.stringify(apiVersion)}`);
  if (name === undefined) problems.push('name is missing');
  else if (!NAME.test(name))
    problems.push(`name ${JSON.stringify(name)} cannot be part of a file name`);
  if (version === undefined) problems.push('version is missing');
  else if (!parseVersion(version))
    problems.push(`version ${JSON.stringify(version)} is not a semantic version such as 1.2.3`);
  if (!TYPES.includes(type))
    problems.push(`type must be application or library, not ${JSON.stringify(type)}`);
  return [...problems, ...dependencyProblems(fields.dependencies)];
}

function yamlProblem(error: YAMLException, file: string): Problem {
  const position = error.mark ? { line: error.mark.line + 1, column: error.mark.column + 1 } : {};
  return { message: error.reason, file, ...position };
}

/**
 * The known fields of a YAML file in Helm's types, see {@link readFields}.
 * @throws UserError with the code of the source and every problem.
 */
export function readYamlFields(
  content: Uint8Array,
  { file, code }: MetadataSource,
  fields: Fields,
): Record<string, Json> {
  try {
    const options = { schema: GO_TEXT_SCHEMA, json: true, maxAliases: MAX_ALIASES };
    // As Helm: the first document only, and a file of comments is an empty one.
    const [document] = loadAll(new TextDecoder().decode(content), options);
    if (document != null && !isMapping(document)) throw new ShapeError('', 'a mapping');
    return readFields(document ?? {}, fields);
  } catch (error) {
    if (error instanceof YAMLException) throw invalid(file, code, [yamlProblem(error, file)]);
    if (error instanceof ShapeError)
      throw invalid(file, code, [
        { message: error.message, file, ...(error.path && { path: error.path }) },
      ]);
    throw error;
  }
}

function invalid(file: string, code: MetadataSource['code'], problems: Problem[]): UserError {
  return new UserError(code, `${file} cannot be loaded by Helm`, { problems });
}

/**
 * Reads a Chart.yaml and checks it as Helm does.
 * @param requirements the requirements.yaml of an older chart: Helm lays it over Chart.yaml,
 * whatever apiVersion that has (pkg/chart/loader).
 * @throws UserError with the code of the source and every problem.
 */
export function parseMetadata(
  content: Uint8Array,
  source: MetadataSource,
  requirements?: { content: Uint8Array; file: string },
): ChartMetadata {
  const { file, code } = source;
  // Helm takes a chart without apiVersion for a v1 chart; none should be made any more.
  const assumed = code === 'ARCHIVE_INVALID' ? { apiVersion: 'v1' } : {};
  const older = requirements
    ? readYamlFields(requirements.content, { ...source, file: requirements.file }, METADATA_FIELDS)
    : {};
  const fields = { ...assumed, ...readYamlFields(content, source, METADATA_FIELDS), ...older };
  const problems = metadataProblems(fields).map((message) => ({ message, file }));
  if (problems.length > 0) throw invalid(file, code, problems);
  return fields as ChartMetadata;
}
