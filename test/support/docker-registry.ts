import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach } from 'vitest';
import { temporaryFolder, write } from '../unit/fileset/fixture.ts';

/** Is Debian's registry there? Tests that need it are passed over without it. */
export const hasDockerRegistry = spawnSync('docker-registry', ['--version']).status === 0;
if (!hasDockerRegistry)
  console.warn(
    'docker-registry is not installed: tests with it are SKIPPED (apt install docker-registry)',
  );

const stops: (() => unknown)[] = [];
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});

/**
 * Runs a registry that keeps all in a folder until the test ends; its host and port.
 * @param authentication what its `auth` says, in YAML.
 */
export async function startDockerRegistry(authentication = ''): Promise<string> {
  const folder = temporaryFolder();
  const file = join(folder, 'config.yml');
  write(
    file,
    `version: 0.1
log: { level: info, accesslog: { disabled: true } }
storage: { filesystem: { rootdirectory: ${JSON.stringify(join(folder, 'blobs'))} } }
http: { addr: "127.0.0.1:0" }
${authentication === '' ? '' : `auth: ${authentication}\n`}`,
  );
  const child = spawn('docker-registry', ['serve', file], { stdio: ['ignore', 'pipe', 'pipe'] });
  stops.push(() => child.kill('SIGKILL'));
  child.stdout.resume();
  for await (const line of createInterface(child.stderr)) {
    const address = /listening on (127\.0\.0\.1:\d+)/.exec(line)?.[1];
    if (address === undefined) continue;
    child.stderr.resume();
    return address;
  }
  await once(child, 'close');
  throw new Error(`docker-registry ended with ${child.exitCode}`);
}
