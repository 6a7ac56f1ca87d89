import { expect, test } from 'vitest';
import { silent } from '../../../generator/src/progress.ts';
import { RegistryClient } from '../../../generator/src/registry/client.ts';
import {
  MANIFEST_TYPE,
  readManifest,
  writeManifest,
} from '../../../generator/src/registry/manifests.ts';
import { startRegistry } from '../../support/registry.ts';
import { useTools } from '../../support/tools.ts';

useTools('registry');

test('a tag names the manifest that was written under it', async () => {
  const context = { actions: 'pull,push', progress: silent } as const;
  const client = new RegistryClient(await startRegistry(), {}, context);
  const bytes = Buffer.from('{"schemaVersion":2,"layers":[]}');
  const manifest = { bytes, mediaType: MANIFEST_TYPE };
  expect(await readManifest(client, 'a/b', '1')).toBeUndefined();
  await writeManifest(client, 'a/b', '1', manifest);
  const present = await readManifest(client, 'a/b', '1');
  expect(present).toMatchObject(manifest);
  expect(await readManifest(client, 'a/b', present?.digest ?? '')).toEqual(present);
});
