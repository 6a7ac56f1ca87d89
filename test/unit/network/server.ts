import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect } from 'vitest';
import type { UserError } from '../../../generator/src/errors.ts';

const servers: Server[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

/** A server on this machine, with what it was asked. */
export interface TestServer {
  url: URL;
  requests: IncomingMessage[];
}

/** Listens on loopback until the test ends. */
export async function listen(answer: RequestListener): Promise<TestServer> {
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    requests.push(request);
    answer(request, response);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: new URL(`http://127.0.0.1:${port}/`), requests };
}

/** The error of a promise that must not be kept. */
export async function failureOf(promise: Promise<unknown>): Promise<UserError> {
  return promise.then(
    () => expect.fail('nothing failed'),
    (error: unknown) => error as UserError,
  );
}
