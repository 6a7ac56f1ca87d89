import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { ChartArchive } from '../../../generator/src/archive/archive.ts';
import { updateDependencies } from '../../../generator/src/dependencies/update.ts';
import { sha256 } from '../../../generator/src/files/digest.ts';
import { silent } from '../../../generator/src/progress.ts';
import { archiveOf, chartYaml, writeChart } from '../archive/fixture.ts';
import { textsIn } from '../fileset/fixture.ts';
import { listen } from '../network/server.ts';

export interface Repository {
  url: string;
  /** Paths that were asked for. */
  paths: string[];
  /** What is served, by path. */
  files: Map<string, Uint8Array | string>;
}

/** An index of archives, which need not say the truth. */
export function indexOf(archives: readonly (Partial<ChartArchive> & { url?: string })[]): string {
  const entries: Record<string, object[]> = {};
  for (const { name = '', version, digest, url } of archives)
    (entries[name] ??= []).push({
      apiVersion: 'v2',
      name,
      version,
      ...(digest !== undefined && { digest }),
      urls: [url ?? `${name}-${version ?? ''}.tgz`],
    });
  return JSON.stringify({ apiVersion: 'v1', entries, generated: '2026-01-01T00:00:00Z' });
}

/** A repository over HTTP until the test is finished. */
export async function startRepository(archives: readonly ChartArchive[]): Promise<Repository> {
  const files = new Map<string, Uint8Array | string>([
    ['/charts/index.yaml', indexOf(archives)],
    ...archives.map(({ fileName, bytes }) => [`/charts/${fileName}`, bytes] as const),
  ]);
  const paths: string[] = [];
  const { url } = await listen((request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? '', 'http://x').pathname);
    paths.push(path);
    const content = files.get(path);
    if (content === undefined) response.writeHead(404).end();
    else response.end(content);
  });
  return { url: new URL('/charts', url).href, paths, files };
}

/** Archives of one chart in several versions. */
export function versionsOf(name: string, versions: readonly string[]): Promise<ChartArchive[]> {
  return Promise.all(versions.map((version) => archiveOf(name, version, `is: ${version}\n`)));
}

/** A chart that depends on others; fields as in Chart.yaml. */
export function dependentChart(
  dependencies: readonly Record<string, unknown>[],
  files: Record<string, string> = {},
): string {
  const more = `dependencies: ${JSON.stringify(dependencies)}\n`;
  return writeChart({ 'Chart.yaml': chartYaml('demo', '1.0.0', more), ...files });
}

export function update(...charts: string[]): Promise<void> {
  return updateDependencies(charts, { plainHttp: true, progress: silent });
}

export function writeArchive(chart: string, archive: ChartArchive): void {
  writeFileSync(join(chart, 'charts', archive.fileName), archive.bytes);
}

/** SHA-256 of a file in a chart. */
export function digestIn(chart: string, path: string): string {
  return sha256(readFileSync(join(chart, path)));
}

/** Expects an update to fail, and the chart to be as it was. */
export async function expectRefusal(chart: string, expected: object): Promise<void> {
  const before = textsIn(chart);
  await expect(update(chart)).rejects.toMatchObject(expected);
  expect(textsIn(chart)).toEqual(before);
}

export function saying(text: string): string {
  return expect.stringContaining(text) as string;
}
