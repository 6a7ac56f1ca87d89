// Prints the outputs of action.yml, from what `package` and `publish` said with --json.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const [folder] = process.argv.slice(2);

function read(name) {
  return JSON.parse(readFileSync(join(folder, name), 'utf8'));
}

const { targets } = read('published.json');

/** The versions that any target gained, each once. */
function publishedVersions() {
  const archives = targets.flatMap(({ uploads, additions }) => [...uploads, ...additions]);
  return new Map(
    archives.map(({ name, version, digest }) => [`${name} ${version}`, { name, version, digest }]),
  );
}

const published = publishedVersions();
const packed = existsSync(join(folder, 'packed.json')) ? read('packed.json').archives : [];
const charts = packed.filter(({ name, version }) => published.has(`${name} ${version}`));
const versions = charts.length > 0 ? charts : [...published.values()];
console.log(`changed_charts=${charts.map(({ chart }) => chart).join(',')}`);
console.log(`chart_version=${versions.map(({ version }) => version).join(',')}`);
console.log(`published=${JSON.stringify([...published.values()])}`);
console.log(`pull_request=${targets.flatMap(({ pullRequest }) => pullRequest ?? []).join(',')}`);
