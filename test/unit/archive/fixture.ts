import { join } from 'node:path';
import { packTar, type TarHeader } from 'modern-tar';
import { gzipSync } from 'node:zlib';
import { type ChartArchive } from '../../../generator/src/archive/archive.ts';
import { packFiles } from '../../../generator/src/archive/pack.ts';
import { temporaryFolder, write } from '../fileset/fixture.ts';

export type Texts = Record<string, string>;

export function chartYaml(name = 'demo', version = '1.0.0', more = ''): string {
  return `apiVersion: v2\nname: ${name}\nversion: ${version}\n${more}`;
}

/** A chart's files in memory. */
export function fileSet(files: Texts): Map<string, Uint8Array> {
  return new Map(Object.entries(files).map(([path, text]) => [path, Buffer.from(text)]));
}

/** A chart in a folder of its own. */
export function writeChart(files: Texts = {}): string {
  const folder = join(temporaryFolder(), 'demo');
  for (const [path, text] of Object.entries({ 'Chart.yaml': chartYaml(), ...files }))
    write(join(folder, path), text);
  return folder;
}

/** An archive of our own making. */
export function archiveOf(
  name = 'demo',
  version = '1.0.0',
  values = 'a: 1\n',
): Promise<ChartArchive> {
  return packFiles(
    fileSet({ 'Chart.yaml': chartYaml(name, version), 'values.yaml': values }),
    name,
  );
}

/** An archive of anybody's making: entries as they are given, packed by Node's own zlib. */
export async function foreignArchive(
  entries: readonly (Partial<TarHeader> & { name: string; body?: string | Uint8Array })[],
): Promise<Buffer> {
  const tar = await packTar(
    entries.map(({ body = '', ...header }) => ({
      header: { size: Buffer.byteLength(body), ...header },
      body,
    })),
  );
  return gzipSync(tar, { level: 1 });
}
