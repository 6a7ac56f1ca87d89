import type { ChartArchive } from '../../../../generator/src/archive/archive.ts';
import { packFiles } from '../../../../generator/src/archive/pack.ts';

/** Charts that two processes make alike, with provenance. */
export function chartsToPublish(versions: readonly string[]): Promise<ChartArchive[]> {
  return Promise.all(
    versions.map(async (version) => {
      const chartYaml = `apiVersion: v2\nname: demo\nversion: ${version}\n`;
      const archive = await packFiles(new Map([['Chart.yaml', Buffer.from(chartYaml)]]), 'demo');
      return { ...archive, provenance: Buffer.from(`provenance of ${version}`) };
    }),
  );
}
