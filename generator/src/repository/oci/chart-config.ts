import type { ChartMetadata } from '../../archive/metadata.ts';
import { isMapping } from '../../json-object.ts';
import { sanitise } from '../../archive/sanitise.ts';
import { type GoJson, goJson } from '../../go-json.ts';
import type { Json } from '../../model/types.ts';

type Fields = Record<string, Json>;
type LoadedFields = Record<string, GoJson>;

/** The order of fields in Helm's types: pkg/chart/v2/metadata.go and dependency.go. */
const CHART_FIELDS =
  'name home sources version description keywords maintainers icon apiVersion condition tags appVersion deprecated annotations kubeVersion dependencies type'.split(
    ' ',
  );
const FIELDS_OF_ITEMS = new Map([
  ['maintainers', 'name email url'.split(' ')],
  ['dependencies', 'name version repository condition tags enabled import-values alias'.split(' ')],
]);
/** Helm takes what is in them as it is. */
const KEPT = new Set(['annotations', 'import-values']);

/** Go writes the keys of a map in the order of their bytes. */
export function sortedByBytes<T>(entries: Iterable<readonly [string, T]>): Map<string, T> {
  const compare = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b));
  return new Map([...entries].toSorted(([a], [b]) => compare(a, b)));
}

function inOrder(fields: Fields, order: readonly string[]): LoadedFields {
  const present = order.filter((field) => Object.hasOwn(fields, field));
  return Object.fromEntries(present.map((field) => [field, loaded(field, fields[field] ?? null)]));
}

/** The value of a field as Helm has it once a chart is loaded. */
function loaded(field: string, value: Json): GoJson {
  if (Array.isArray(value)) return value.map((item) => loaded(field, item));
  const order = FIELDS_OF_ITEMS.get(field);
  if (isMapping(value)) {
    const fields: Fields = value;
    return order ? inOrder(fields, order) : sortedByBytes(Object.entries(fields));
  }
  return typeof value === 'string' && !KEPT.has(field) ? sanitise(value) : value;
}

/** Chart.yaml as Helm has it once a chart is loaded: fields in the order of its type, maps as Go writes them. */
export function loadedMetadata(metadata: ChartMetadata): LoadedFields {
  return inOrder(metadata, CHART_FIELDS);
}

/** The config of a chart's artifact, byte for byte as Helm pushes it. */
export function chartConfig(metadata: ChartMetadata): Uint8Array {
  return Buffer.from(goJson(loadedMetadata(metadata)));
}
