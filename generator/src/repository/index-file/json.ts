import type { IndexDocument } from './types.ts';

/** The index as JSON, for programs that read it faster than YAML; clients of Helm read it as well. */
export function indexJson({ head, charts }: IndexDocument): Uint8Array {
  const entries = [...charts].map(
    ([chart, list]) => [chart, list.map(({ data }) => data)] as const,
  );
  const document = { ...Object.fromEntries(head), entries: Object.fromEntries(entries) };
  return Buffer.from(`${JSON.stringify(document)}\n`);
}
