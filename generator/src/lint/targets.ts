import { stat } from 'node:fs/promises';
import { findCharts } from '../archive/find-charts.ts';
import { readArchiveFile } from '../archive/read.ts';
import { UserError } from '../errors.ts';
import { loadCatalog } from '../model/index.ts';

const CATALOG_DIRECTORY = 'charts-src';
/** For charts outside the project: the versions that Kubernetes and its vendors maintain now. */
const KUBERNETES_VERSIONS = ['1.31', '1.36'];

/**
 * The charts that the arguments of a command mean: archives, and what {@link findCharts} finds.
 * @throws UserError `USAGE` for an argument that means no chart, `ARCHIVE_INVALID`, `FILE_SYSTEM`.
 */
export async function lintTargets(args: readonly string[]): Promise<string[]> {
  const archives = args.filter((argument) => argument.endsWith('.tgz'));
  for (const archive of archives) await readArchiveFile(archive);
  const folders = args.filter((argument) => !argument.endsWith('.tgz'));
  const charts = args.length > 0 && folders.length === 0 ? [] : await findCharts(folders);
  return [...new Set([...charts, ...archives])];
}

/**
 * The Kubernetes versions to lint for: those asked for, else the oldest and newest that the
 * catalog of this folder supports, else a default pair.
 * @throws UserError `USAGE` for what is no version, `SOURCE_INVALID` for a catalog with mistakes.
 */
export async function kubernetesVersions(asked: readonly string[]): Promise<string[]> {
  const wrong = asked.find((version) => !/^v?\d+\.\d+(?:\.\d+\S*)?$/.test(version));
  if (wrong !== undefined)
    throw new UserError('USAGE', `"${wrong}" is no Kubernetes version`, {
      next: 'Write it like 1.31 or 1.31.4.',
    });
  if (asked.length > 0) return [...new Set(asked)];
  const inProject = await stat(`${CATALOG_DIRECTORY}/catalog.yaml`).catch(() => undefined);
  if (inProject === undefined) return KUBERNETES_VERSIONS;
  const { oldest, newest } = (await loadCatalog(CATALOG_DIRECTORY)).kubernetes;
  return [...new Set([oldest, newest])];
}
