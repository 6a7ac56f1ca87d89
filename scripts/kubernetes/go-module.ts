import { execFileSync } from 'node:child_process';

/** The folder of a Go module, downloaded where it is not in Go's cache yet. */
export function goModule(module: string, version: string): string {
  const answer = execFileSync('go', ['mod', 'download', '-json', `${module}@${version}`]);
  return (JSON.parse(answer.toString()) as { Dir: string }).Dir;
}
