import { mkdirSync, writeFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { dirname, join } from 'node:path';
import { dump } from 'js-yaml';
import type { ChartArchive } from '../../../../../generator/src/archive/archive.ts';
import type { Json } from '../../../../../generator/src/model/types.ts';
import { silent } from '../../../../../generator/src/progress.ts';
import {
  openRepository,
  type OpenOptions,
} from '../../../../../generator/src/repository/care/verify/open.ts';
import {
  verifyRepository,
  type VerifyOptions,
  type VerifyReport,
} from '../../../../../generator/src/repository/care/verify/verify.ts';
import { createEntry } from '../../../../../generator/src/repository/index-file/entry.ts';
import type { IndexEntry } from '../../../../../generator/src/repository/index-file/types.ts';
import { archiveOf } from '../../../archive/fixture.ts';
import { temporaryFolder } from '../../../fileset/fixture.ts';

/** Files of a repository by path. */
export type Files = Map<string, string | Uint8Array>;

const CREATED = '2026-01-02T03:04:05Z';

export function indexText(entries: readonly IndexEntry[]): string {
  const charts = Map.groupBy(entries, ({ name }) => name);
  return dump({ apiVersion: 'v1', entries: Object.fromEntries(charts), generated: CREATED });
}

export function entryOf(archive: ChartArchive, more: Record<string, Json> = {}): IndexEntry {
  return { ...createEntry(archive, archive.fileName, CREATED), ...more };
}

/** A whole repository of versions of one chart. */
export async function repositoryOf(
  ...versions: string[]
): Promise<{ files: Files; archives: ChartArchive[]; entries: IndexEntry[] }> {
  const archives = await Promise.all(versions.map((version) => archiveOf('demo', version)));
  const entries = archives.map((archive) => entryOf(archive));
  const files: Files = new Map([['index.yaml', indexText(entries)]]);
  for (const { fileName, bytes } of archives) files.set(fileName, bytes);
  return { files, archives, entries };
}

function openOptions(more: Partial<OpenOptions> = {}): OpenOptions {
  return { concurrency: 4, allProvenance: false, progress: silent, ...more };
}

export async function verify(
  target: string,
  options: VerifyOptions & Partial<OpenOptions> = {},
): Promise<VerifyReport> {
  return verifyRepository(await openRepository(target, openOptions(options)), options);
}

/** What a report says, a line each: `error other-digest demo 1.0.0 12`. */
export function said({ findings }: VerifyReport): string[] {
  return findings.map(({ severity, rule, chart, version, line }) =>
    [severity, rule, chart, version, line].filter((part) => part !== undefined).join(' '),
  );
}

/** Answers with the files below `prefix`. */
export function serving(files: Files, prefix = '/'): RequestListener {
  return (request, response) => {
    const { pathname } = new URL(request.url ?? '', 'http://localhost');
    const content = files.get(decodeURIComponent(pathname.slice(prefix.length)));
    response.writeHead(content === undefined ? 404 : 200).end(content);
  };
}

/** The files in a folder of their own. */
export function folderOf(files: Files): string {
  const folder = temporaryFolder();
  for (const [path, content] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
}

/** A clear-signed text whose signature is none. */
export function clearSigned(sums: string): string {
  return `-----BEGIN PGP SIGNED MESSAGE-----
Hash: SHA512

name: demo

...
${sums}
-----BEGIN PGP SIGNATURE-----

nothing
-----END PGP SIGNATURE-----
`;
}
