import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chartYaml } from '../archive/fixture.ts';
import { temporaryFolder, write } from '../fileset/fixture.ts';

/** A folder to work in with generated charts in dist/charts. */
export function workspace(charts: readonly string[] = ['one', 'two']): string {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'dist', 'charts', '.generated'), { recursive: true });
  for (const name of charts)
    write(join(folder, 'dist', 'charts', name, 'Chart.yaml'), chartYaml(name));
  return folder;
}
