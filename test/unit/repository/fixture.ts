import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Json } from '../../../generator/src/model/types.ts';
import { emptyIndex, trustIndex } from '../../../generator/src/repository/index-file/document.ts';
import { editIndex } from '../../../generator/src/repository/index-file/edit.ts';
import type { IndexDocument } from '../../../generator/src/repository/index-file/types.ts';

const BESIDE = fileURLToPath(new URL('../../../../shared/fixtures', import.meta.url));
const FIXTURES = join(process.env.SPARK_CHARTS_FIXTURES ?? BESIDE, 'index');

/** Index files of public repositories by name; none, and a notice, where they are not at hand. */
export function publicIndexes(): Map<string, Buffer> {
  if (!existsSync(FIXTURES)) {
    console.warn(`SKIPPED: no public index files in ${FIXTURES}; set SPARK_CHARTS_FIXTURES`);
    return new Map();
  }
  const names = readdirSync(FIXTURES).filter((name) => name.endsWith('.yaml'));
  return new Map(names.map((name) => [name, readFileSync(join(FIXTURES, name))]));
}

export function entry(name: string, version: string, more: Record<string, Json> = {}): Json {
  return { apiVersion: 'v2', name, urls: [`${name}-${version}.tgz`], version, ...more };
}

/** A new index with some entries. */
export function indexOf(charts: Record<string, Json[]>): IndexDocument {
  const edits = Object.entries(charts).flatMap(([chart, entries]) =>
    entries.map((value) => ({ kind: 'add', chart, entry: value }) as const),
  );
  return trustIndex(editIndex(emptyIndex('index.yaml'), edits), 'index.yaml');
}

/** The entries of an index as data. */
export function dataOf({ charts }: IndexDocument): Map<string, Json[]> {
  return new Map([...charts].map(([chart, list]) => [chart, list.map(({ data }) => data)]));
}

/** Text that one YAML reader or another takes for something else. */
export const ODD_TEXTS = [
  ...[
    '1.10',
    '12e4567',
    '1e3',
    '.5',
    '5.',
    '-.5e-3',
    '+1',
    '-1',
    '0',
    '007',
    '0o17',
    '0b1',
    '0x1f',
  ],
  ...['1_000', '1__0.5', '190:20:30', '1:20', '.inf', '-.INF', '.NaN', 'NaN', 'Infinity', '0x'],
  ...[
    'yes',
    'No',
    'ON',
    'off',
    'y',
    'N',
    'true',
    'False',
    'null',
    'Null',
    '~',
    '',
    ' ',
    ' a',
    'a ',
  ],
  ...['2024-01-01', '2024-01-01T00:00:00Z', '2024-1-1', '2001-12-14 21:59:43.10 -5', '=', '<<'],
  ...['a: b', 'a:', ':a', 'a #b', '#a', '- a', '-', '? a', '?', '&a', '*a', '!a', '!!str a', '%a'],
  ...['@a', '`a', '|', '>', '>=1.2-0', '{a}', '[a]', 'a, b', ',', "it's", '"', '"a"', "'a'", '\\'],
  ...[
    '---',
    '...',
    '--- a',
    'a\tb',
    '\ta',
    'a\nb',
    'a\n',
    'a\n\n',
    '\na',
    ' a\nb',
    'a\n b\n',
    'a \nb',
  ],
  ...[
    'a\r\nb',
    'a\rb',
    '#a\n#b',
    '- a\n- b\n',
    'a\u0085b',
    'a\u2028b',
    'a\ufeffb',
    '\ufeff',
    'é',
    '日本',
    '😀',
  ],
  ...[
    'a\u0000b',
    'a\u001bb',
    'a\u007fb',
    'a\u009fb',
    '\ud800',
    '1.2.3',
    '1.2.3+1',
    '1.2.3-0',
    '123abc',
  ],
  ...[
    '0b1010',
    '0b10f',
    '1e5f',
    'e1',
    'a'.repeat(2000),
    'word '.repeat(300),
    'https://a.b/c?d=e#f',
  ],
];
