import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readChartDirectory } from '../../generator/src/archive/chart-directory.ts';
import { packFiles } from '../../generator/src/archive/pack.ts';

/** Fills a folder with many versions of one chart. */
export async function fillRepository(
  directory: string,
  chart: string,
  versions: number,
): Promise<void> {
  await mkdir(directory, { recursive: true });
  const source = await readChartDirectory(chart);
  const chartYaml = new TextDecoder().decode(source.get('Chart.yaml'));
  for (let patch = 0; patch < versions; patch += 1) {
    const text = chartYaml.replace(/^version: .*/m, `version: 0.1.${patch}`);
    const files = new Map(source).set('Chart.yaml', new TextEncoder().encode(text));
    const archive = await packFiles(files, 'chart');
    await writeFile(join(directory, archive.fileName), archive.bytes);
  }
}

/** Makes each of the folders a copy of one. */
export async function copyTo(from: string, folders: readonly string[]): Promise<void> {
  for (const folder of folders) {
    await rm(folder, { recursive: true, force: true });
    await cp(from, folder, { recursive: true });
  }
}
