import { isMapping } from '../../json-object.ts';
import type { Json } from '../../model/types.ts';
import { checkAliases, mayHaveAliases } from './aliases.ts';
import { invalidIndex, parseJson, parseYaml } from './yaml.ts';

/** What js-yaml takes at most; no entry comes near it, and nothing that walks through data ends at it. */
const MAX_DEPTH = 100;

/** An index as data. */
export interface IndexData {
  /** Helm reads JSON by other rules than YAML. */
  isJson: boolean;
  head: Map<string, Json>;
  charts: Map<string, Json[]>;
}

function readCharts(value: unknown, file: string): Map<string, Json[]> {
  if (value != null && !isMapping(value))
    throw invalidIndex(file, { message: 'expected a mapping of charts', path: 'entries' });
  const charts = new Map<string, Json[]>();
  for (const [name, versions] of Object.entries(value ?? {})) {
    if (versions !== null && !Array.isArray(versions))
      throw invalidIndex(file, { message: 'expected a list of versions', path: `entries.${name}` });
    charts.set(name, (versions ?? []) as Json[]);
  }
  return charts;
}

function isDeeper(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return depth === 0 || Object.values(value).some((item) => isDeeper(item, depth - 1));
}

/**
 * All of an index, in YAML or JSON.
 * @throws UserError INDEX_INVALID where Helm would refuse the file and its entries cannot be told.
 */
export function readData(bytes: Buffer, file: string): IndexData {
  const text = new TextDecoder().decode(bytes);
  const json = parseJson(text);
  const document = json === undefined ? parseYaml(text, file) : json;
  if (isDeeper(json, MAX_DEPTH))
    throw invalidIndex(file, { message: `it is nested more than ${MAX_DEPTH} deep` });
  if (mayHaveAliases(bytes)) checkAliases(document, file);
  if (!isMapping(document)) throw invalidIndex(file, { message: 'expected a mapping' });
  const { entries, ...rest } = document as Record<string, Json>;
  const head = new Map(Object.entries(rest));
  const apiVersion = head.get('apiVersion');
  if (typeof apiVersion !== 'string' || apiVersion === '')
    throw invalidIndex(file, { message: 'missing, Helm refuses the file', path: 'apiVersion' });
  return { isJson: json !== undefined, head, charts: readCharts(entries, file) };
}
