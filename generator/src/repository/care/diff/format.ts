import type { Style } from '../../../excerpt.ts';
import type { Json } from '../../../model/types.ts';
import { count, printable } from '../../../text.ts';
import type { ChartVersion } from '../chart-reference.ts';
import type { RepositoryDiff } from './diff.ts';
import type { FieldChange } from './fields.ts';

const LONGEST_VALUE = 60;

type Colour = 'red' | 'yellow' | 'green' | 'cyan';

function nameOf({ name, version }: ChartVersion): string {
  return `${name} ${version === '' ? '(without a version)' : version}`;
}

function digests(values: readonly string[]): string {
  return values.length === 0 ? 'no digest' : values.map((value) => `sha256:${value}`).join(', ');
}

function shown(value: Json | undefined): string {
  return value === undefined ? '(none)' : JSON.stringify(value);
}

/** `created: "…" → "…"`; of long values the name alone, they are in the `--json` document. */
function fieldText({ field, before, after }: FieldChange): string {
  const [old, now] = [shown(before), shown(after)];
  return Math.max(old.length, now.length) > LONGEST_VALUE ? field : `${field}: ${old} → ${now}`;
}

interface Section {
  title: string;
  colour: Colour;
  lines: string[];
}

function sectionsOf(diff: RepositoryDiff): Section[] {
  return [
    {
      title: 'Other bytes under the same version',
      colour: 'red',
      lines: diff.bytesChanged.map(
        (change) => `${nameOf(change)}: ${digests(change.before)} → ${digests(change.after)}`,
      ),
    },
    { title: 'Removed', colour: 'red', lines: diff.removed.map(nameOf) },
    { title: 'Retired into archive/index.yaml', colour: 'yellow', lines: diff.retired.map(nameOf) },
    { title: 'Brought back', colour: 'green', lines: diff.restored.map(nameOf) },
    { title: 'Added', colour: 'green', lines: diff.added.map(nameOf) },
    {
      title: 'Entries changed',
      colour: 'yellow',
      lines: diff.fieldsChanged.map(
        (change) => `${nameOf(change)}: ${change.fields.map(fieldText).join(', ')}`,
      ),
    },
    {
      title: 'Newest stable version changed',
      colour: 'cyan',
      lines: diff.newestChanged.map(
        ({ name, before = '(none)', after = '(none)' }) => `${name}: ${before} → ${after}`,
      ),
    },
    { title: 'Head of the index changed', colour: 'cyan', lines: diff.headChanged.map(fieldText) },
    {
      title: 'New problems',
      colour: 'red',
      lines: diff.problems.map(({ path = '', message }) => `${path}: ${message}`),
    },
  ];
}

/** The difference for people, worst first; one line where there is none. */
export function formatRepositoryDiff(diff: RepositoryDiff, style: Style): string {
  const sections = sectionsOf(diff).filter(({ lines }) => lines.length > 0);
  if (sections.length === 0) return 'The two are the same.';
  const blocks = sections.map(({ title, colour, lines }) =>
    [
      style(colour, `${title} (${lines.length})`),
      ...lines.map((line) => `  ${printable(line)}`),
    ].join('\n'),
  );
  const { added, removed, retired, bytesChanged } = diff;
  const total = `${count(added.length, 'version')} added, ${removed.length} removed, ${retired.length} retired, ${bytesChanged.length} with other bytes`;
  return [...blocks, total].join('\n\n');
}
