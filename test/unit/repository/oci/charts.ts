import type { ChartArchive } from '../../../../generator/src/archive/archive.ts';
import { packFiles } from '../../../../generator/src/archive/pack.ts';
import type { Sboms } from '../../../../generator/src/repository/oci/sbom.ts';

/** Charts that two processes make alike, with provenance. */
export function chartsToPublish(
  versions: readonly string[],
  description = 'first',
): Promise<ChartArchive[]> {
  return Promise.all(
    versions.map(async (version) => {
      const chartYaml = `apiVersion: v2\nname: demo\nversion: ${version}\ndescription: ${description}\n`;
      const archive = await packFiles(new Map([['Chart.yaml', Buffer.from(chartYaml)]]), 'demo');
      return { ...archive, provenance: Buffer.from(`provenance of ${version}`) };
    }),
  );
}

/** An SBOM of each archive. */
export function sbomsOf(archives: readonly ChartArchive[]): Sboms {
  return new Map(
    archives.map(({ fileName, digest }) => [
      fileName,
      [
        {
          fileName: `${fileName}.spdx.json`,
          mediaType: 'application/spdx+json',
          bytes: Buffer.from(`{"spdxVersion":"SPDX-2.3","name":"${digest}"}`),
        },
      ],
    ]),
  );
}
