import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { sha256 } from '../../../../generator/src/files/digest.ts';
import { silent } from '../../../../generator/src/progress.ts';
import { OciStore } from '../../../../generator/src/repository/oci/oci-store.ts';
import { listenBefore, startRegistry } from '../../../support/registry.ts';
import { useTools } from '../../../support/tools.ts';
import { chartsToPublish, sbomsOf } from './charts.ts';
import { readStored, readStoredBlob } from './fixture.ts';

useTools('registry');

const CHILD = fileURLToPath(new URL('publish-child.ts', import.meta.url));
const REPOSITORY = 'charts/demo';

function publishInChild(host: string, description: string, versions: string[]): ChildProcess {
  const args = [CHILD, `oci://${host}/charts`, description, ...versions];
  return spawn(process.execPath, args, { stdio: 'inherit' });
}

async function publish(host: string, description: string, versions: string[]): Promise<void> {
  const archives = await chartsToPublish(versions, description);
  const options = { sboms: sbomsOf(archives), allowOverwrite: true };
  await new OciStore(`oci://${host}/charts`, options).publish(archives, silent);
}

/** What a reference names; all that it names is there. */
async function whole(registry: string, reference: string): Promise<string> {
  const manifest = await readStored(registry, REPOSITORY, reference);
  if (!manifest) return 'nothing';
  const { manifests, text } = manifest;
  for (const { digest } of manifests ? [] : [manifest.config, ...manifest.layers])
    expect(await readStoredBlob(registry, REPOSITORY, digest), digest).toBeDefined();
  for (const { digest } of manifests ?? [])
    expect(await whole(registry, digest)).not.toBe('nothing');
  return text;
}

/** What each tag names, and the list of what is attached to that. */
async function stateOf(registry: string, versions: string[]): Promise<[string, string][]> {
  return Promise.all(
    versions.map(async (version) => {
      const text = await whole(registry, version);
      return [text, await whole(registry, `sha256-${sha256(Buffer.from(text))}`)];
    }),
  );
}

/**
 * Runs a process that is killed when it makes a request, before that is answered.
 * @param isDone whether the registry gets the request all the same.
 * @returns how many requests it had made.
 */
async function killAt(
  registry: string,
  request: number,
  isDone: boolean,
  start: (host: string) => ChildProcess,
): Promise<number> {
  let count = 0;
  const { url } = await listenBefore(registry, async (_, __, forward) => {
    count += 1;
    if (count < request) return forward();
    child.kill('SIGKILL');
    return isDone ? forward() : undefined;
  });
  const child = start(url.host);
  await once(child, 'close');
  return count;
}

test.each([
  ['publishing', ['1.0.0'], false, 20],
  ['overwriting', ['1.0.0'], true, 20],
])(
  '%s: killed at any request and run again it ends as if nothing had been',
  async (_, versions, isThere, least) => {
    const prepared = async () => {
      const registry = await startRegistry();
      if (isThere) await publish(registry, 'first', versions);
      return registry;
    };
    const clean = await prepared();
    const before = await stateOf(clean, versions);
    await publish(clean, 'second', versions);
    const expected = await stateOf(clean, versions);
    let boundaries = 0;
    for (let request = 1; ; request += 1) {
      const registry = await prepared();
      const made = await killAt(registry, request, request % 2 === 0, (host) =>
        publishInChild(host, 'second', versions),
      );
      // Whatever is tagged or attached is whole, and of one publication, at any time.
      for (const [i, [text, list]] of (await stateOf(registry, versions)).entries()) {
        const [, oldList = ''] = before[i] ?? [];
        const [newText, newList = ''] = expected[i] ?? [];
        if (text === newText) expect(['nothing', newList]).toContain(list);
        else expect([text, list]).toEqual([before[i]?.[0], oldList]);
      }
      await publish(registry, 'second', versions);
      expect(await stateOf(registry, versions)).toEqual(expected);
      if (made < request) break;
      boundaries += 1;
    }
    expect(boundaries).toBeGreaterThan(least);
  },
  300_000,
);

test('two processes at once both succeed', async () => {
  const registry = await startRegistry();
  const versions = ['1.0.0', '1.1.0'];
  const children = [0, 1].map(() => publishInChild(registry, 'first', versions));
  const codes = await Promise.all(
    children.map(async (child) => {
      await once(child, 'close');
      return child.exitCode;
    }),
  );
  expect(codes).toEqual([0, 0]);
  expect((await stateOf(registry, versions)).flat()).not.toContain('nothing');
});
