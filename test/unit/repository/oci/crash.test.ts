import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { silent } from '../../../../generator/src/progress.ts';
import { OciStore } from '../../../../generator/src/repository/oci/oci-store.ts';
import { listenBefore, startRegistry } from '../../../support/registry.ts';
import { useTools } from '../../../support/tools.ts';
import { chartsToPublish } from './charts.ts';
import { readStored, readStoredBlob } from './fixture.ts';

useTools('registry');

const CHILD = fileURLToPath(new URL('publish-child.ts', import.meta.url));
const VERSIONS = ['1.0.0', '1.1.0'];
const REPOSITORY = 'charts/demo';

function publishInChild(host: string): ChildProcess {
  return spawn(process.execPath, [CHILD, `oci://${host}/charts`, ...VERSIONS], {
    stdio: 'inherit',
  });
}

/** Each tag, and whether all that it names is there. */
async function stateOf(registry: string): Promise<string[]> {
  return Promise.all(
    VERSIONS.map(async (version) => {
      const manifest = await readStored(registry, REPOSITORY, version);
      if (!manifest) return 'nothing';
      for (const { digest } of [manifest.config, ...manifest.layers])
        expect(await readStoredBlob(registry, REPOSITORY, digest), digest).toBeDefined();
      return manifest.text;
    }),
  );
}

/**
 * Runs a process that is killed when it makes a request, before that is answered.
 * @param isDone whether the registry gets the request all the same.
 * @returns how many requests it had made.
 */
async function killAt(registry: string, request: number, isDone: boolean): Promise<number> {
  let count = 0;
  const { url } = await listenBefore(registry, async (_, __, forward) => {
    count += 1;
    if (count < request) return forward();
    child.kill('SIGKILL');
    return isDone ? forward() : undefined;
  });
  const child = publishInChild(url.host);
  await once(child, 'close');
  return count;
}

test('killed at any request and run again it ends as if nothing had been', async () => {
  const clean = await startRegistry();
  const archives = await chartsToPublish(VERSIONS);
  await new OciStore(`oci://${clean}/charts`).publish(archives, silent);
  const expected = await stateOf(clean);
  let boundaries = 0;
  for (let request = 1; ; request += 1) {
    const registry = await startRegistry();
    const made = await killAt(registry, request, request % 2 === 0);
    // Whatever is tagged is whole, at any time.
    const between = await stateOf(registry);
    for (const [i, text] of between.entries()) expect(['nothing', expected[i]]).toContain(text);
    await new OciStore(`oci://${registry}/charts`).publish(archives, silent);
    expect(await stateOf(registry)).toEqual(expected);
    if (made < request) break;
    boundaries += 1;
  }
  expect(boundaries).toBeGreaterThan(20);
}, 300_000);

test('two processes at once both succeed', async () => {
  const registry = await startRegistry();
  const children = [publishInChild(registry), publishInChild(registry)];
  const codes = await Promise.all(
    children.map(async (child) => {
      await once(child, 'close');
      return child.exitCode;
    }),
  );
  expect(codes).toEqual([0, 0]);
  expect(await stateOf(registry)).not.toContain('nothing');
});
