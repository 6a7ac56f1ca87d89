import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import type { Credentials } from '../../generator/src/network/request.ts';
import { temporaryFolder } from '../unit/fileset/fixture.ts';

/** Is ChartMuseum there? Tests that need it are passed over without it. */
export const hasChartMuseum = spawnSync('chartmuseum', ['--version']).status === 0;
if (!hasChartMuseum)
  console.warn('chartmuseum is not installed: tests with the real one are SKIPPED');

/**
 * Runs ChartMuseum for many tenants `/org/repo`, all in a folder, until the test ends.
 * @returns its URL, without a slash at its end.
 */
export async function startChartMuseum({ username, password }: Credentials): Promise<string> {
  const port = await freePort();
  const child = spawn(
    'chartmuseum',
    [
      ...['--listen-host', '127.0.0.1', '--port', String(port), '--depth', '2'],
      ...['--storage', 'local', '--storage-local-rootdir', temporaryFolder()],
      ...['--basic-auth-user', username, '--basic-auth-pass', password],
    ],
    { stdio: 'ignore' },
  );
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  const url = `http://127.0.0.1:${port}`;
  while (child.exitCode === null) {
    const answer = await fetch(`${url}/health`).catch(() => undefined);
    if (answer?.ok === true) return url;
    await wait(50);
  }
  throw new Error(`chartmuseum ended with ${child.exitCode}`);
}

/** It does not tell the port that the system gives it. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
