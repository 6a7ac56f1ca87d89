import fc from 'fast-check';
import { dump } from 'js-yaml';
import type { Json } from '../../../../generator/src/model/types.ts';
import { entry } from '../fixture.ts';

/** How an index is laid out. */
export interface Form {
  kind: 'block' | 'json' | 'compact json' | 'flow entries' | 'flow lists';
  newline: string;
  chartIndent: number;
  listIndent: number;
  indentLists: boolean;
  comments: boolean;
  blankLines: boolean;
  head: 'before' | 'after';
  start: string;
  end: boolean;
}

export const form: fc.Arbitrary<Form> = fc.record({
  kind: fc.constantFrom('block', 'block', 'json', 'compact json', 'flow entries', 'flow lists'),
  newline: fc.constantFrom('\n', '\r\n'),
  chartIndent: fc.constantFrom(1, 2, 4),
  listIndent: fc.constantFrom(0, 2, 3),
  indentLists: fc.boolean(),
  comments: fc.boolean(),
  blankLines: fc.boolean(),
  head: fc.constantFrom('before', 'after'),
  start: fc.constantFrom('', '---\n', '\ufeff', '# ours\n\n'),
  end: fc.boolean(),
});

const NAMES = ['alpha', 'beta', 'c10', 'c9', '__proto__', 'constructor', '1.10', 'true', 'a b'];
const VERSIONS = ['1.0.0', '1.0.0+1', '1.0.0+2', 'v1.0.0', '1.2', '1.10.0', '2.0.0-rc.1', 'latest'];

export const chartName = fc.constantFrom(...NAMES);
export const anEntry: fc.Arbitrary<Json> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc
      .tuple(
        fc.constantFrom(...VERSIONS),
        fc.constantFrom('one', 'a: b', '# no comment', '- x\n- y\n', 'a\n\nb', 'é\n  in\n', '"'),
      )
      .map(([version, description]) =>
        entry('x', version, { description, digest: '1e5', deprecated: true }),
      ),
  },
  { weight: 1, arbitrary: fc.constantFrom<Json>(null, 'text', { name: 'x' }, {}) },
);

export const charts: fc.Arbitrary<Map<string, Json[]>> = fc
  .uniqueArray(fc.tuple(chartName, fc.array(anEntry, { maxLength: 4 })), {
    selector: ([name]) => name,
    maxLength: 4,
  })
  .map((lists) => new Map(lists));

function indented(text: string, columns: number): string {
  return text.replaceAll(/^(?=[^\n])/gm, ' '.repeat(columns));
}

function blockEntries(data: ReadonlyMap<string, Json[]>, form: Form): string {
  if (data.size === 0) return 'entries: {}\n';
  const flow = { quoteStyle: 'double', flowLevel: 0, lineWidth: -1, noRefs: true } as const;
  const lines = [...data].map(([name, entries], chart) => {
    const key = `${form.comments ? `# chart ${chart}\n` : ''}${JSON.stringify(name)}:`;
    if (entries.length === 0) return `${key} []\n`;
    if (form.kind === 'flow lists') return `${key} ${dump(entries, flow)}`;
    const items = entries.map((value, position) => {
      const comment = form.comments ? `# entry ${chart}.${position}\n` : '';
      const text = dump([value], { seqNoIndent: !form.indentLists, lineWidth: 40, noRefs: true });
      return comment + text + (form.blankLines ? '\n' : '');
    });
    return `${key}\n${indented(items.join(''), form.listIndent)}`;
  });
  return `entries:\n${indented(lines.join(''), form.chartIndent)}`;
}

/** The file of an index, written without the code under test. */
export function sourceOf(data: ReadonlyMap<string, Json[]>, form: Form): Buffer {
  const head = { apiVersion: 'v1', annotations: { note: 'ours' } };
  const object = Object.fromEntries(data);
  const text = () => {
    if (form.kind === 'json') return `${JSON.stringify({ ...head, entries: object }, null, 2)}\n`;
    if (form.kind === 'compact json') return `${JSON.stringify({ entries: object, ...head })}\n`;
    const entries =
      form.kind === 'flow entries'
        ? `entries: ${dump(object, { flowLevel: 0, noRefs: true })}`
        : blockEntries(data, form);
    const field = dump({ annotations: head.annotations });
    const parts = form.head === 'before' ? [field, entries] : [entries, field];
    return `${form.start}apiVersion: v1 # text\n${parts.join('')}`;
  };
  const lines = text();
  return Buffer.from((form.end ? lines : lines.replace(/\n+$/, '')).replaceAll('\n', form.newline));
}
