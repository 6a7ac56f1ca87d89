import { isDeepStrictEqual } from 'node:util';
import { METADATA_FIELDS, readFields, ShapeError } from '../archive/metadata-shape.ts';
import { isMapping } from '../json-object.ts';
import type { ChartMetadata } from '../archive/metadata.ts';
import { sanitise } from '../archive/sanitise.ts';
import type { Json } from '../model/types.ts';

/** Compared apart from the others, or changed in an index on purpose. */
const NOT_COMPARED = new Set(['name', 'version', 'deprecated']);

/**
 * Fields of Chart.yaml that an entry of an index has otherwise. Annotations that the index alone has
 * are no difference: they say something of a version that was learned later, that it is yanked for one.
 * @param data of the entry.
 */
export function differingFields(data: Json, metadata: ChartMetadata): string[] {
  if (!isMapping(data)) return [];
  try {
    // Helm takes a chart without apiVersion for a v1 chart.
    const listed = {
      apiVersion: 'v1',
      ...readFields(withoutOthers(data, metadata), METADATA_FIELDS),
    };
    return Object.keys(METADATA_FIELDS).filter(
      (field) =>
        !NOT_COMPARED.has(field) &&
        !isDeepStrictEqual(asListed(listed, field), asListed(metadata, field)),
    );
  } catch (error) {
    if (error instanceof ShapeError) return [error.path];
    throw error;
  }
}

/** The data of an entry without annotations that its chart lacks. */
function withoutOthers(
  data: Record<string, unknown>,
  { annotations: own }: ChartMetadata,
): Record<string, unknown> {
  if (!isMapping(data.annotations)) return data;
  const annotations = Object.entries(data.annotations).filter(
    ([name]) => isMapping(own) && Object.hasOwn(own, name),
  );
  return { ...data, annotations: Object.fromEntries(annotations) };
}

function asListed(fields: Record<string, Json>, field: string): Json | undefined {
  return Object.hasOwn(fields, field) ? sanitised(fields[field] ?? null) : undefined;
}

/** Every text in a value as Helm lists it. */
function sanitised(value: Json): Json {
  if (typeof value === 'string') return sanitise(value);
  if (Array.isArray(value)) return value.map(sanitised);
  if (!isMapping(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, sanitised(item)]));
}
