import { expect, onTestFinished } from 'vitest';
import { type Helm, runHelm } from '../../generator/src/helm/helm.ts';
import { startServer } from '../../generator/src/repository/serve/server.ts';

/** What Helm prints; the test fails where Helm does. */
export async function succeed(helm: Helm, args: readonly string[]): Promise<string> {
  const { exitCode, stdout, stderr } = await runHelm(helm, args);
  expect(exitCode, `helm ${args.join(' ')}\n${stderr}`).toBe(0);
  return stdout;
}

/** Serves a folder while the test runs; its URL. */
export async function serve(folder: string): Promise<string> {
  const server = await startServer(folder, { port: 0 });
  onTestFinished(() => server.close());
  return server.url;
}

/** `ours/demo 1.0.0` of every version that Helm finds. */
export async function search(helm: Helm, ...args: string[]): Promise<string[]> {
  const output = await succeed(helm, ['search', 'repo', ...args, '-o', 'json']);
  const found = JSON.parse(output) as { name: string; version: string }[];
  return found.map(({ name, version }) => `${name} ${version}`);
}
