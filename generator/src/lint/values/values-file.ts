import { loadGoYaml } from '../../go-yaml.ts';
import { isObject } from '../../model/json.ts';
import type { Json } from '../../model/types.ts';
import type { DataPath } from '../../model/yaml-source.ts';
import type { LintedChart } from '../chart.ts';
import { formatPath } from '../locate/locate.ts';
import { placesInYaml, type YamlPlaces } from '../locate/rendered-line.ts';
import type { Place } from '../rule.ts';

/** A YAML or JSON file of a chart: its data, and where its parts stand. */
export interface DataFile {
  file: string;
  data: Record<string, Json>;
  /** Of the key at a path; of the nearest one above where there is none. */
  placeOf(path: DataPath): Place;
}

const known = new WeakMap<LintedChart, Map<string, DataFile | undefined>>();

/** Reads a file of a chart; undefined where there is none or it is no map, which Helm reports. */
export function dataFile(chart: LintedChart, file: string): DataFile | undefined {
  const files = known.get(chart) ?? new Map<string, DataFile | undefined>();
  known.set(chart, files);
  if (!files.has(file)) files.set(file, read(chart, file));
  return files.get(file);
}

function read({ files }: LintedChart, file: string): DataFile | undefined {
  const text = files.get(file);
  const data = text === undefined ? undefined : parse(file, text);
  if (text === undefined || !isObject(data)) return undefined;
  // Where its parts stand takes long to find, and is asked only where something is wrong.
  let places: YamlPlaces | undefined;
  return {
    file,
    data,
    placeOf(path) {
      places ??= placesInYaml(text);
      return { file, ...places.find(path, 'key'), path: formatPath(path) };
    },
  };
}

function parse(file: string, text: string): Json | undefined {
  try {
    if (file.endsWith('.json')) return JSON.parse(text) as Json;
    // A file of comments only is an empty map to Helm.
    return loadGoYaml(text, { duplicates: true })[0] ?? {};
  } catch {
    return undefined;
  }
}

/** Where a schema that is written out describes a value. */
export function schemaPath(path: readonly string[]): string[] {
  return path.flatMap((key) => ['properties', key]);
}
