import { MAX_CHART_SIZE } from '../archive/limits.ts';
import { unpackArchive } from '../archive/unpack.ts';
import { UserError } from '../errors.ts';
import type { FileSet } from '../fileset/fileset.ts';

const PACKED = /^(?:.*\/)?charts\/[^/]+\.tgz$/;
const NAME = /^name:[ \t]*["']?([\w.-]+)/m;

/**
 * The files with those of packed subcharts in folders of their names, as Helm names them too. A
 * subchart that cannot be unpacked stays as it is: Helm says why.
 */
export function unpackSubcharts(files: FileSet): FileSet {
  const all = new Map(files);
  let size = 0;
  // What is added while the loop runs is visited as well: subcharts have subcharts.
  for (const [path, bytes] of all) {
    size += bytes.length;
    if (!PACKED.test(path) || size > MAX_CHART_SIZE) continue;
    const subchart = unpack(bytes, path);
    const name = NAME.exec(new TextDecoder().decode(subchart?.get('Chart.yaml')))?.[1];
    if (!subchart || name === undefined) continue;
    all.delete(path);
    const folder = path.slice(0, path.lastIndexOf('/') + 1) + name;
    for (const [file, content] of subchart) all.set(`${folder}/${file}`, content);
  }
  return all;
}

function unpack(bytes: Uint8Array, path: string): FileSet | undefined {
  try {
    return unpackArchive(bytes, path);
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}
