import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { ChartArchive } from '../../../../generator/src/archive/archive.ts';
import { sha256 } from '../../../../generator/src/files/digest.ts';
import { statementOf } from '../../../../generator/src/provenance/statement.ts';
import { readIndex } from '../../../../generator/src/repository/index-file/document.ts';

/** With a provenance file whose signature nobody can check. */
export function signed(
  archive: ChartArchive,
  signature = 'signature',
): ChartArchive & { provenance: Uint8Array } {
  const text = `-----BEGIN PGP SIGNED MESSAGE-----
Hash: SHA512

${statementOf(archive)}
-----BEGIN PGP SIGNATURE-----

${signature}
-----END PGP SIGNATURE-----
`;
  return { ...archive, provenance: Buffer.from(text) };
}

/**
 * What the index of a folder lists, `<chart> <version>`; each is there with the bytes that the index
 * says, and once.
 */
export function publishedIn(folder: string): string[] {
  const file = join(folder, 'index.yaml');
  if (!existsSync(file)) return [];
  const { document, problems } = readIndex(readFileSync(file), file);
  expect(problems).toEqual([]);
  return [...document.charts.values()]
    .flat()
    .map(({ chart, version, urls: [url = ''], digest }) => {
      expect(sha256(readFileSync(join(folder, url))), url).toBe(digest);
      return `${chart} ${version}`;
    });
}

/** Files that no run leaves behind when it ends. */
export function litterIn(folder: string): string[] {
  return readdirSync(folder).filter((name) => name.startsWith('.'));
}
