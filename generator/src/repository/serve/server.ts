import { realpath } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { extname } from 'node:path';
import compression from 'compression';
import send from 'send';
import { fileSystemError, UserError } from '../../errors.ts';
import { requireFolder } from '../../files/folder.ts';
import { namesIfPresent } from '../../files/read.ts';
import { INDEX_FILE } from '../directory/directory-index.ts';
import { type ServedFile, ServedFiles } from './served-files.ts';

/** The port that Helm 2's `helm serve` had. */
export const DEFAULT_PORT = 8879;
const LOOPBACK = '127.0.0.1';
/** How long requests under way may take once the server is asked to stop. */
const GRACE_MILLISECONDS = 2000;

export interface RunningServer {
  /** `http://127.0.0.1:8879`, for `helm repo add`. */
  url: string;
  /** Lets requests under way finish, then closes all connections. */
  close: () => Promise<void>;
}

export interface ServerOptions {
  /** 0 picks a free one. */
  port?: number;
  host?: string;
}

/** What `compression` knows. */
const ENCODINGS = /gzip|deflate|br|\*/;

type Middleware = (request: IncomingMessage, response: ServerResponse, next: () => void) => void;

/** Archives are compressed already; a part of a compressed answer would be no part of the file. */
function mayCompress(request: IncomingMessage, path: string): boolean {
  return extname(path) !== '.tgz' && request.headers.range === undefined;
}

function answer(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' });
  response.end(`${text}\n`);
}

function sendFile(
  root: string,
  file: ServedFile,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const compressible = mayCompress(request, file.path);
  // The same tag for different bytes must be a weak one.
  const weak = compressible && ENCODINGS.test(String(request.headers['accept-encoding']));
  response.setHeader('ETag', weak ? `W/${file.etag}` : file.etag);
  if (file.contentType !== undefined) response.setHeader('Content-Type', file.contentType);
  response.setHeader('X-Content-Type-Options', 'nosniff');
  // `compression` is typed for Express, but asks for no more than Node's own objects.
  const compress = compression({ filter: () => compressible }) as unknown as Middleware;
  compress(request, response, () => {
    send(request, encodeURI(file.path), { root, index: false, dotfiles: 'ignore' })
      .on('error', (error: Error & { status?: number }) => {
        if (response.headersSent) response.destroy();
        else
          answer(
            response,
            error.status ?? 500,
            error.status === 404 ? 'not found' : 'cannot be sent',
          );
      })
      .pipe(response);
  });
}

async function handle(
  root: string,
  files: ServedFiles,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.setHeader('Allow', 'GET, HEAD');
    answer(response, 405, 'read only');
    return;
  }
  const [path = ''] = (request.url ?? '').split('?');
  const file = await files.find(path);
  if (file) sendFile(root, file, request, response);
  else answer(response, 404, 'not found');
}

async function openRepository(directory: string): Promise<string> {
  try {
    requireFolder(directory, 'Run `spark-charts build`, or name the folder of a chart repository.');
    const root = await realpath(directory);
    if ((await namesIfPresent(root)).includes(INDEX_FILE)) return root;
  } catch (error) {
    throw fileSystemError(error, `opening ${directory}`);
  }
  throw new UserError('USAGE', `${directory} has no ${INDEX_FILE}`, {
    next: `Run \`spark-charts build\`, or \`spark-charts repo index ${directory}\` for archives that are there.`,
  });
}

function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const inUse = error.code === 'EADDRINUSE';
      const next = 'Choose another with --port, or --port 0 for any that is free.';
      const what = inUse
        ? `port ${port} is in use`
        : `cannot listen on ${host} port ${port}: ${error.message}`;
      reject(new UserError(inUse ? 'BUSY' : 'USAGE', what, { next, cause: error }));
    });
    server.listen(port, host, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      server.closeAllConnections();
    }, GRACE_MILLISECONDS);
    server.close(() => {
      clearTimeout(timer);
      resolve();
    });
    server.closeIdleConnections();
  });
}

/**
 * Serves a folder as a chart repository over HTTP, read only: ETags, conditional requests, ranges,
 * compression for clients that ask; no dot files, nothing outside the folder.
 * @throws UserError USAGE where there is no folder with an index.yaml, BUSY where the port is taken.
 */
export async function startServer(
  directory: string,
  { port = DEFAULT_PORT, host = LOOPBACK }: ServerOptions = {},
): Promise<RunningServer> {
  const root = await openRepository(directory);
  const files = new ServedFiles(root);
  const server = createServer((request, response) => {
    handle(root, files, request, response).catch(() => {
      if (!response.headersSent) answer(response, 500, 'the file cannot be read');
      else response.destroy();
    });
  });
  const actual = await listen(server, port, host);
  const name = host.includes(':') ? `[${host}]` : host;
  return { url: `http://${name}:${actual}`, close: () => close(server) };
}
