import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Compiles the executable once before the tests, when its sources are newer. */
export default function setup(): void {
  const built = join(root, 'oclif.manifest.json');
  const sources = ['generator/src', 'scripts', 'package.json', 'generator/tsconfig.json'];
  const newest = Math.max(...sources.map((path) => newestChange(join(root, path))));
  if (existsSync(built) && statSync(built).mtimeMs > newest) return;
  // The compiler writes its complaints to standard output.
  const stdio = ['ignore', process.stderr, process.stderr] as const;
  execFileSync('npm', ['run', '--silent', 'compile'], { cwd: root, stdio: [...stdio] });
}

/** Folders count too: a deleted file changes only its folder. */
function newestChange(path: string): number {
  const stats = statSync(path);
  if (!stats.isDirectory()) return stats.mtimeMs;
  const children = readdirSync(path).map((name) => newestChange(join(path, name)));
  return Math.max(stats.mtimeMs, ...children);
}
