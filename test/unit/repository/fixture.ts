import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Json } from '../../../generator/src/model/types.ts';
import type { RepositoryIndex } from '../../../generator/src/repository/index-file/index-file.ts';

const BESIDE = fileURLToPath(new URL('../../../../shared/fixtures', import.meta.url));
const FIXTURES = join(process.env.SPARK_CHARTS_FIXTURES ?? BESIDE, 'index');

/** Index files of public repositories by name; none, and a notice, where they are not at hand. */
export function publicIndexes(): Map<string, string> {
  if (!existsSync(FIXTURES)) {
    console.warn(`SKIPPED: no public index files in ${FIXTURES}; set SPARK_CHARTS_FIXTURES`);
    return new Map();
  }
  const names = readdirSync(FIXTURES).filter((name) => name.endsWith('.yaml'));
  return new Map(names.map((name) => [name, readFileSync(join(FIXTURES, name), 'utf8')]));
}

export function entry(name: string, version: string, more: Record<string, Json> = {}): Json {
  return { apiVersion: 'v2', name, urls: [`${name}-${version}.tgz`], version, ...more };
}

export function indexOf(entries: Record<string, Json[]>): RepositoryIndex {
  return { head: { apiVersion: 'v1' }, entries: new Map(Object.entries(entries)) };
}

/** Text that one YAML reader or another takes for something else. */
export const ODD_TEXTS = [
  '1.10',
  '12e4567',
  '1e3',
  '.5',
  '0o17',
  '0b1',
  '0x1f',
  '1_000',
  'yes',
  'y',
  'null',
  '~',
  '2024-01-01',
  '1:20',
];
