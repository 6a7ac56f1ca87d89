// Publishes and indexes charts of its own one after another, and says which ones are done.
import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packFiles } from '../../../../generator/src/archive/pack.ts';
import { silent } from '../../../../generator/src/progress.ts';
import { DirectoryStore } from '../../../../generator/src/repository/directory/directory-store.ts';
import { indexDirectory } from '../../../../generator/src/repository/directory/index-directory.ts';

const [folder = '', elsewhere = '', chart = '', count = ''] = process.argv.slice(2);
process.stdout.write('ready\n');
for (let i = 0; i < Number(count); i += 1) {
  const version = `1.${i}.0`;
  const chartYaml = Buffer.from(`apiVersion: v2\nname: ${chart}\nversion: ${version}\n`);
  const archive = await packFiles(new Map([['Chart.yaml', chartYaml]]), chart);
  if (i % 2 === 0) await new DirectoryStore(folder).publish([archive], silent);
  else {
    const file = join(elsewhere, archive.fileName);
    writeFileSync(file, archive.bytes);
    renameSync(file, join(folder, archive.fileName));
    await indexDirectory(folder, { progress: silent });
  }
  process.stdout.write(`${chart} ${version}\n`);
}
