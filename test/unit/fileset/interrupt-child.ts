// Applies charts and gets SIGINT while the folder is being written.
import { apply } from '../../../generator/src/fileset/apply.ts';
import type { Texts } from './fixture.ts';

const [folder = '', texts = ''] = process.argv.slice(2);
process.on('SIGINT', () => process.exit(130));
const charts = Object.entries(JSON.parse(texts) as Record<string, Texts>).map(
  ([chart, files]) =>
    [
      chart,
      new Map(Object.entries(files).map(([path, text]) => [path, Buffer.from(text)])),
    ] as const,
);
await apply(folder, new Map(charts), {
  complete: true,
  progress: () => process.kill(process.pid, 'SIGINT'),
});
