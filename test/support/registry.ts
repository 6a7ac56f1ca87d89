import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { request as send, type IncomingMessage, type ServerResponse } from 'node:http';
import { createInterface } from 'node:readline';
import { afterEach } from 'vitest';
import { findTool } from '../../generator/src/helm/find.ts';
import { listen, type TestServer } from '../unit/network/server.ts';

const stops: (() => unknown)[] = [];
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});

/** Runs a registry that keeps all in memory until the test ends; its host and port. */
export async function startRegistry(): Promise<string> {
  const child = spawn(await findTool('registry'), ['-port', '0'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  stops.push(() => child.kill('SIGKILL'));
  const lines = createInterface(child.stderr);
  const [line] = (await once(lines, 'line')) as [string];
  // Its log has to be read, or it would wait in the end.
  child.stderr.resume();
  return `localhost:${/serving on port (\d+)/.exec(line)?.[1] ?? ''}`;
}

/** What a proxy does with a request; `forward` hands it on and answers with what comes back. */
export type Intercept = (
  request: IncomingMessage,
  response: ServerResponse,
  forward: () => Promise<void>,
  body: Buffer,
) => unknown;

/** Listens in front of a registry until the test ends. */
export async function listenBefore(registry: string, intercept: Intercept): Promise<TestServer> {
  return listen((request, response) => {
    void (async () => {
      const body = await read(request);
      await intercept(request, response, () => forward(registry, request, body, response), body);
    })();
  });
}

/**
 * Listens in front of a registry, and lists referrers as newer registries do (distribution
 * specification, Listing Referrers).
 */
export async function listenWithReferrers(registry: string): Promise<TestServer> {
  const lists = new Map<string, object[]>();
  const type = 'application/vnd.oci.image.index.v1+json';
  return listenBefore(registry, ({ method, url = '' }, response, forward, body) => {
    const [, asked] = /\/referrers\/([^?]+)/.exec(url) ?? [];
    if (asked !== undefined) {
      const manifests = lists.get(asked) ?? [];
      response.setHeader('content-type', type);
      return response.end(JSON.stringify({ schemaVersion: 2, mediaType: type, manifests }));
    }
    const [, digest] = /\/manifests\/(sha256:.+)$/.exec(url) ?? [];
    if (method !== 'PUT' || digest === undefined) return forward();
    const manifest = JSON.parse(body.toString()) as Record<'mediaType' | 'artifactType', string> & {
      subject: { digest: string };
    };
    const { mediaType, artifactType, subject } = manifest;
    const listed = { mediaType, digest, size: body.length, artifactType };
    lists.set(subject.digest, [...(lists.get(subject.digest) ?? []), listed]);
    response.setHeader('oci-subject', subject.digest);
    return forward();
  });
}

async function read(stream: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

async function forward(
  registry: string,
  { method, url, headers }: IncomingMessage,
  body: Buffer,
  response: ServerResponse,
): Promise<void> {
  const sent = send(`http://${registry}${url}`, { method, headers });
  sent.end(body);
  const [answer] = (await once(sent, 'response')) as [IncomingMessage];
  const content = await read(answer);
  if (response.destroyed) return;
  response.writeHead(answer.statusCode ?? 0, answer.headers).end(content);
}
