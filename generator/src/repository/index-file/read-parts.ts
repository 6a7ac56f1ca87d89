import { isMapping } from '../../json-object.ts';
import { UserError } from '../../errors.ts';
import type { Json } from '../../model/types.ts';
import { type Field, isCollection, type Layout } from './layout.ts';
import { parseYaml } from './yaml.ts';

/** What else than one field its lines are, by what the layout says. */
class OtherForm extends Error {}

/** The value of a field from its line to where the next one starts. */
function parseField(bytes: Buffer, { key, start }: Field, end: number, file: string): Json {
  const data = parseYaml(bytes.toString('utf8', start, end), file);
  const isField = isMapping(data) && Object.hasOwn(data, key) && Object.keys(data).length === 1;
  if (!isField) throw new OtherForm();
  return data[key] as Json;
}

function assertDistinct(fields: readonly Field[]): void {
  if (new Set(fields.map(({ key }) => key)).size < fields.length) throw new OtherForm();
}

/**
 * Parses an index in block style field by field and chart by chart: the data of all of a large one
 * would take half a gigabyte. Together the parts are every byte of the file; for a file without
 * aliases they say what the whole says.
 * @param isChart whether the layout has these entries under a chart.
 * @returns everything at the top but the entries; undefined where the layout is not what the file
 * says, or the file is not valid: all of it then has to be looked at.
 */
export function readParts(
  bytes: Buffer,
  { top, entries }: Layout,
  file: string,
  isChart: (chart: string, entries: Json) => boolean,
): Map<string, Json> | undefined {
  if (top.style !== 'block' || !isCollection(entries) || entries.style !== 'block')
    return undefined;
  const endOf = (fields: readonly Field[], index: number, end: number) =>
    fields[index + 1]?.start ?? end;
  try {
    assertDistinct(top.items);
    assertDistinct(entries.items);
    const head = new Map<string, Json>();
    for (const [index, field] of top.items.entries()) {
      const end = endOf(top.items, index, bytes.length);
      if (field.key !== 'entries') head.set(field.key, parseField(bytes, field, end, file));
      else if (parseField(bytes, field, entries.items[0]?.start ?? end, file) !== null)
        return undefined;
      else
        for (const [position, chart] of entries.items.entries()) {
          const list = parseField(bytes, chart, endOf(entries.items, position, end), file);
          if (!isChart(chart.key, list)) return undefined;
        }
    }
    return head;
  } catch (error) {
    if (error instanceof OtherForm || error instanceof UserError) return undefined;
    throw error;
  }
}
