import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { packTar } from 'modern-tar';
import { readChartDirectory } from '../../generator/src/archive/chart-directory.ts';

const AT_ONCE = 4;
const compress = promisify(gzip);

/** The Chart.yaml of a chart as the large public catalogues have them: about 1.2 kB in an index. */
function chartYaml(name: string, version: string): string {
  return `annotations:
  artifacthub.io/category: database
  artifacthub.io/images: |
    - name: ${name}
      image: registry.example.com/charts/${name}:${version}-debian-12-r0
    - name: os-shell
      image: registry.example.com/charts/os-shell:12-debian-12-r44
  artifacthub.io/licenses: Apache-2.0
  tanzuCategory: service
apiVersion: v2
appVersion: ${version}
dependencies:
- name: common
  repository: oci://registry.example.com/charts
  tags:
  - example-common
  version: 2.x.x
description: ${name} is an open source server that keeps what it is given. It runs on one machine or on many, and is packaged here with all that an operator needs.
home: https://example.com/charts/${name}
icon: https://example.com/assets/stacks/${name}/img/${name}-stack-220x234.png
keywords:
- ${name}
- database
- replication
- cluster
maintainers:
- name: Example Incorporated
  url: https://github.com/example/charts
name: ${name}
sources:
- https://github.com/example/charts/tree/main/example/${name}
version: ${version}
`;
}

interface Version {
  name: string;
  version: string;
}

/** The archive of a chart. */
async function pack(name: string, files: ReadonlyMap<string, Uint8Array>) {
  const entries = [...files].map(([path, body]) => ({
    header: { name: `${name}/${path}`, size: body.length, mode: 0o644, mtime: new Date(0) },
    body,
  }));
  return compress(await packTar(entries));
}

/** The versions 1.0.0 … of charts called chart-000 …, as `fillRepository` makes them. */
export function* versionsOf(charts: number, versions: number): Generator<Version> {
  for (let chart = 0; chart < charts; chart += 1)
    for (let minor = 0; minor < versions; minor += 1)
      yield {
        name: `chart-${String(chart).padStart(3, '0')}`,
        version: `1.${Math.floor(minor / 10)}.${minor % 10}`,
      };
}

/**
 * Fills a folder with archives of about 55 kB, which is what those of the large public catalogues have.
 * @param like folders of charts whose files fill the archives.
 */
export async function fillRepository(
  directory: string,
  versions: Iterable<Version>,
  like: readonly string[],
): Promise<void> {
  await mkdir(directory, { recursive: true });
  const body = new Map<string, Uint8Array>([['Chart.yaml', new Uint8Array()]]);
  for (const [index, folder] of like.entries())
    for (const [path, content] of await readChartDirectory(folder))
      if (index === 0 && path !== 'Chart.yaml') body.set(path, content);
      else if (index > 0) body.set(`files/${index}/${path}`, content);
  const queue = versions[Symbol.iterator]();
  const work = async () => {
    for (let next = queue.next(); !next.done; next = queue.next()) {
      const { name, version } = next.value;
      const text = new TextEncoder().encode(chartYaml(name, version));
      const archive = await pack(name, new Map(body).set('Chart.yaml', text));
      await writeFile(join(directory, `${name}-${version}.tgz`), archive);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}
