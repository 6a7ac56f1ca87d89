import { spawn } from 'node:child_process';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename, dirname } from 'node:path';
import { onTestFinished } from 'vitest';
import { git } from './fixture.ts';

export interface HttpRemote {
  /** `http://127.0.0.1:<port>` */
  origin: string;
  target: string;
  /** The requests, `POST /remote.git/git-receive-pack`, and their Authorization headers. */
  requests: { line: string; authorization: string | undefined }[];
  /** The bytes of all answers. */
  sentBytes: () => number;
}

/** Answers a request itself and says true, or leaves it to git. */
export type Answer = (line: string, request: IncomingMessage, response: ServerResponse) => boolean;

/** Serves a repository by git's own `http-backend` (CGI, RFC 3875). */
export async function serve(repository: string, answer: Answer): Promise<HttpRemote> {
  git(repository, 'config', 'http.receivepack', 'true');
  const requests: HttpRemote['requests'] = [];
  let sent = 0;
  const server = createServer((request, response) => {
    const line = `${request.method ?? ''} ${request.url ?? ''}`;
    requests.push({ line, authorization: request.headers.authorization });
    if (answer(line, request, response)) request.resume();
    else runBackend(repository, request, response, (bytes) => (sent += bytes));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const target = `git+${origin}/${basename(repository)}`;
  return { origin, target, requests, sentBytes: () => sent };
}

function runBackend(
  repository: string,
  request: IncomingMessage,
  response: ServerResponse,
  onSent: (bytes: number) => void,
): void {
  const url = new URL(request.url ?? '', 'http://localhost');
  const environment = {
    PATH: process.env.PATH,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_PROJECT_ROOT: dirname(repository),
    GIT_HTTP_EXPORT_ALL: '1',
    GIT_PROTOCOL: request.headers['git-protocol'],
    PATH_INFO: url.pathname,
    QUERY_STRING: url.search.slice(1),
    REQUEST_METHOD: request.method,
    REMOTE_USER: 'ada',
    CONTENT_TYPE: request.headers['content-type'],
    HTTP_CONTENT_ENCODING: request.headers['content-encoding'],
  };
  const backend = spawn('git', ['http-backend'], {
    env: environment as unknown as NodeJS.ProcessEnv,
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  // It may end before it has read all.
  backend.stdin.on('error', () => undefined);
  request.pipe(backend.stdin);
  let head = Buffer.of();
  let isHead = true;
  backend.stdout.on('data', (chunk: Buffer) => {
    onSent(chunk.length);
    if (!isHead) return void response.write(chunk);
    head = Buffer.concat([head, chunk]);
    const end = head.indexOf('\r\n\r\n');
    if (end === -1) return;
    isHead = false;
    const fields = head.toString('latin1', 0, end).split('\r\n');
    const headers = new Map(fields.map((field) => field.split(': ') as [string, string]));
    const status = Number.parseInt(headers.get('Status') ?? '200');
    headers.delete('Status');
    response.writeHead(status, Object.fromEntries(headers));
    response.write(head.subarray(end + 4));
  });
  backend.stdout.on('end', () => response.end());
}
