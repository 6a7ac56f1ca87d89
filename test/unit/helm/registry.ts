import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

const MANIFEST = 'application/vnd.oci.image.manifest.v1+json';

interface Blob {
  type: string;
  bytes: Uint8Array;
}

/**
 * A registry with one chart to read, as the OCI distribution specification has it
 * (https://github.com/opencontainers/distribution-spec), until the test is finished.
 * @param archive the chart.
 * @param options.login whether it asks for one.
 * @param options.others the chart by other tags.
 * @returns host and port; the digest of the chart's manifest.
 */
export async function startRegistry(
  name: string,
  tag: string,
  archive: Uint8Array,
  { login = false, others = {} }: { login?: boolean; others?: Record<string, Uint8Array> } = {},
): Promise<{ host: string; digest: string }> {
  const archives = Object.entries({ ...others, [tag]: archive });
  const contents = new Map<string, Blob>([
    [`/v2/${name}/tags/list`, json({ name, tags: archives.map(([other]) => other) })],
    ...archives.flatMap(([other, bytes]) => contentsOf(name, other, bytes)),
    // A server of archives as well.
    [`/${name}-${tag}.tgz`, { type: 'application/gzip', bytes: archive }],
  ]);
  const server = createServer((request, response) => {
    const blob = contents.get(request.url ?? '');
    if (login) response.writeHead(401, { 'www-authenticate': 'Basic realm="test"' }).end();
    else if (!blob) response.writeHead(404).end();
    else {
      const { type, bytes } = blob;
      const length = bytes.length;
      const headers = { 'content-type': type, 'docker-content-digest': digestOf(bytes) };
      response.writeHead(200, { ...headers, 'content-length': length });
      response.end(request.method === 'HEAD' ? undefined : bytes);
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { host: `127.0.0.1:${port}`, digest: digestOf(manifestOf(name, tag, archive).manifest) };
}

function digestOf(bytes: Uint8Array): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}

function describe(bytes: Uint8Array, mediaType: string): object {
  return { mediaType, digest: digestOf(bytes), size: bytes.length };
}

function json(data: object): Blob {
  return { type: 'application/json', bytes: Buffer.from(JSON.stringify(data)) };
}

function manifestOf(name: string, tag: string, archive: Uint8Array) {
  const config = Buffer.from(JSON.stringify({ name, version: tag, apiVersion: 'v2' }));
  const manifest = Buffer.from(
    JSON.stringify({
      schemaVersion: 2,
      config: describe(config, 'application/vnd.cncf.helm.config.v1+json'),
      layers: [describe(archive, 'application/vnd.cncf.helm.chart.content.v1.tar+gzip')],
    }),
  );
  return { config, manifest };
}

/** What a registry serves of a chart, by path. */
function contentsOf(name: string, tag: string, archive: Uint8Array): [string, Blob][] {
  const { config, manifest } = manifestOf(name, tag, archive);
  return [
    [`/v2/${name}/manifests/${tag}`, { type: MANIFEST, bytes: manifest }],
    [`/v2/${name}/manifests/${digestOf(manifest)}`, { type: MANIFEST, bytes: manifest }],
    ...[config, archive].map((bytes): [string, Blob] => [
      `/v2/${name}/blobs/${digestOf(bytes)}`,
      { type: 'application/octet-stream', bytes },
    ]),
  ];
}
