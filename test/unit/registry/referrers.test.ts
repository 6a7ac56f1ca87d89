import { beforeEach, describe, expect, test } from 'vitest';
import { silent } from '../../../generator/src/progress.ts';
import {
  createArtifact,
  createBlob,
  type Descriptor,
} from '../../../generator/src/registry/artifact.ts';
import { writeBlob } from '../../../generator/src/registry/blobs.ts';
import { RegistryClient } from '../../../generator/src/registry/client.ts';
import {
  INDEX_TYPE,
  readManifest,
  writeManifest,
} from '../../../generator/src/registry/manifests.ts';
import {
  createAttachment,
  listReferrers,
  writeAttachment,
} from '../../../generator/src/registry/referrers.ts';
import { hasDockerRegistry, startDockerRegistry } from '../../support/docker-registry.ts';
import { listenBefore, listenWithReferrers, startRegistry } from '../../support/registry.ts';
import { useTools } from '../../support/tools.ts';
import { failureOf } from '../network/server.ts';
import { readStored, readStoredBlob } from '../repository/oci/fixture.ts';

useTools('registry');

const TYPE = 'application/spdx+json';
const FILE = createBlob(TYPE, Buffer.from('{"spdxVersion":"SPDX-2.3"}'));
const CONFIG = createBlob('application/json', Buffer.from('{}'));
const ARTIFACT = createArtifact(CONFIG, [], new Map());
const { bytes, mediaType } = ARTIFACT.manifest;
const MANIFEST = createBlob(mediaType, bytes).descriptor;
const SUBJECT = { repository: 'a/b', digest: MANIFEST.digest };
const TAG = MANIFEST.digest.replace(':', '-');

const clientOf = (host: string) =>
  new RegistryClient(host, {}, { actions: 'pull,push', progress: silent });

async function pushSubject(host: string): Promise<void> {
  await writeBlob(clientOf(host), 'a/b', CONFIG);
  await writeManifest(clientOf(host), 'a/b', '1', ARTIFACT.manifest);
}

const attach = (host: string, file = FILE) =>
  writeAttachment(clientOf(host), SUBJECT, createAttachment(MANIFEST, file));

const digestsOf = (list: readonly Descriptor[]) => list.map(({ digest }) => digest);
const list = async (host: string) => digestsOf(await listReferrers(clientOf(host), SUBJECT, TYPE));

/** Writes the list under the tag as another client does. */
async function writeList(host: string, list: object): Promise<void> {
  const manifest = { bytes: Buffer.from(JSON.stringify(list)), mediaType: INDEX_TYPE };
  await writeManifest(clientOf(host), 'a/b', TAG, manifest);
}

const OTHER_TYPE = 'application/vnd.cyclonedx+json';
const OTHER_FILE = createBlob(OTHER_TYPE, Buffer.from('{"bomFormat":"CycloneDX"}'));
const OURS = createAttachment(MANIFEST, FILE).referrer;
const OTHER = createAttachment(MANIFEST, OTHER_FILE).referrer;

describe.each([
  ['registry', true, startRegistry],
  ['docker-registry', hasDockerRegistry, startDockerRegistry],
] as const)('%s', (_, isThere, start) => {
  test.skipIf(!isThere)('keeps what is attached, once, and lists it under a tag', async () => {
    const host = await start();
    await pushSubject(host);
    expect(await list(host)).toEqual([]);
    await attach(host);
    const before = await readStored(host, 'a/b', TAG);
    await attach(host);
    await attach(host, OTHER_FILE);
    expect((await readStored(host, 'a/b', OURS.digest))?.text).toBe(
      '{"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json","artifactType":"application/spdx+json",' +
        '"config":{"mediaType":"application/vnd.oci.empty.v1+json","digest":"sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a","size":2},' +
        `"layers":[${JSON.stringify(FILE.descriptor)}],"subject":${JSON.stringify(MANIFEST)}}`,
    );
    expect(await readStoredBlob(host, 'a/b', FILE.descriptor.digest)).toEqual(FILE.bytes);
    expect(JSON.parse(before?.text ?? '')).toEqual({
      schemaVersion: 2,
      mediaType: INDEX_TYPE,
      manifests: [OURS],
    });
    expect(await list(host)).toEqual([OURS.digest, OTHER.digest]);
    expect(await readManifest(clientOf(host), 'a/b', '1')).toMatchObject({ bytes });
  });
});

describe('a list under a tag', () => {
  const theirs = { schemaVersion: 2, mediaType: INDEX_TYPE, manifests: [OTHER] };
  let host: string;
  beforeEach(async () => {
    host = await startRegistry();
    await pushSubject(host);
    await attach(host, OTHER_FILE);
  });

  test('keeps what others have put there, what nobody here knows of too', async () => {
    const foreign = { ...OTHER, annotations: { a: 'b' }, platform: { os: 'linux' } };
    const list = { ...theirs, manifests: [foreign], more: 1 };
    await writeList(host, list);
    await attach(host);
    const text = (await readStored(host, 'a/b', TAG))?.text ?? '';
    expect(JSON.parse(text)).toEqual({ ...list, manifests: [foreign, OURS] });
  });

  /** A way to the registry on which another one writes the list after each of our first writes. */
  async function listenBeforeAnother(times: number) {
    let [writes, overwritten] = [0, 0];
    const { url } = await listenBefore(host, async ({ method, url: path }, _, forward) => {
      if (path?.endsWith(TAG) === true) {
        if (method === 'PUT') writes += 1;
        else if (overwritten < Math.min(writes, times)) {
          overwritten = writes;
          await writeList(host, theirs);
        }
      }
      await forward();
    });
    return { url, written: () => writes };
  }

  test('that another one writes at the same time is written again', async () => {
    const { url, written } = await listenBeforeAnother(1);
    await attach(url.host);
    expect(written()).toBe(2);
    expect(await list(host)).toEqual([OTHER.digest, OURS.digest]);
  });

  test('that others write each time is given up', async () => {
    const { url, written } = await listenBeforeAnother(Infinity);
    const error = await failureOf(attach(url.host));
    expect(error).toMatchObject({ code: 'BUSY' });
    expect(error.message).toContain(`a/b:${TAG}`);
    expect(written()).toBe(5);
  });

  test('is not put in place of something else', async () => {
    await writeManifest(clientOf(host), 'a/b', TAG, ARTIFACT.manifest);
    const error = await failureOf(attach(host));
    expect(error.message).toContain('is no list of what is attached to sha256:');
    expect((await readStored(host, 'a/b', TAG))?.text).toBe(Buffer.from(bytes).toString());
  });
});

test('a registry that lists referrers is asked, and no tag is written', async () => {
  const registry = await startRegistry();
  await pushSubject(registry);
  const { url, requests } = await listenWithReferrers(registry);
  await attach(url.host);
  expect(await list(url.host)).toEqual([OURS.digest]);
  expect(requests.at(-1)?.url).toBe(
    `/v2/a/b/referrers/${MANIFEST.digest}?artifactType=application%2Fspdx%2Bjson`,
  );
  expect(await readStored(registry, 'a/b', TAG)).toBeUndefined();
});

test('a registry that does not tell what is attached is not taken for one that has nothing', async () => {
  const { url } = await listenBefore(await startRegistry(), ({ url: path }, response, forward) =>
    path?.includes('/referrers/') === true ? response.writeHead(403).end() : forward(),
  );
  expect(await failureOf(list(url.host))).toMatchObject({ code: 'DENIED' });
});
