/** What `helm template` says before it. */
export const SCHEMA_HEADLINE =
  "values don't meet the specifications of the schema(s) in the following chart(s):\n";

/**
 * Reads what Helm says of values that break schemas: for each chart a line `<chart>:`, then a
 * list of which an entry may go on over further lines (pkg/chart/common/util/jsonschema.go of
 * Helm).
 * @param own the chart; entries of its subcharts come with the name of theirs before them.
 */
export function readSchemaError(text: string, own: string): string[] {
  const entries: string[] = [];
  let chart = own;
  for (const block of text.split(/\n(?![ \n])/)) {
    if (/^[^\s:]+:$/.test(block)) chart = block.slice(0, -1);
    else if (block.trim() !== '') {
      const entry = block.replace(/^- /, '').trimEnd();
      entries.push(chart === own ? entry : `${chart}: ${entry}`);
    }
  }
  return entries;
}
