import { realpath } from 'node:fs/promises';
import { createServer, type Server, type ServerOptions as HttpOptions } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { fileSystemError, UserError } from '../../errors.ts';
import { requireFolder } from '../../files/folder.ts';
import { namesIfPresent } from '../../files/read.ts';
import type { Credentials } from '../../network/request.ts';
import { INDEX_FILE } from '../directory/directory-index.ts';
import type { Access } from './access-log.ts';
import { DEFAULT_PORT, LOOPBACK, serverUrl } from './address.ts';
import { requireUsable } from './authentication.ts';
import { type CertificateFiles, readCertificate } from './certificate.ts';
import { Handler } from './handler.ts';

/** What a client gets before it is hung up on: milliseconds, and connections at once. */
const PATIENCE = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  keepAliveTimeout: 5_000,
} satisfies HttpOptions;
const HANDSHAKE_MILLISECONDS = 10_000;
/** Without a byte sent or taken. */
const STALLED_MILLISECONDS = 60_000;
const MAX_CONNECTIONS = 1000;

export interface RunningServer {
  /** `http://127.0.0.1:8879`, for `helm repo add`. */
  url: string;
  /** Takes no new connections, lets requests under way finish, then closes all connections. */
  close: () => Promise<void>;
}

export interface ServerOptions {
  /** 0 picks a free one. */
  port?: number;
  /** A name or an address of this machine; 127.0.0.1 when not given. */
  host?: string;
  /** Who may read; everybody when not given. */
  credentials?: Credentials;
  /** For HTTPS; HTTP when not given. */
  tls?: CertificateFiles;
  /** Called once for each request, when it is answered. */
  log?: (access: Access) => void;
}

/**
 * Serves a folder as a chart repository, read only: ETags, conditional requests, ranges, compression
 * for clients that ask; no dot files, nothing outside the folder.
 * @throws UserError USAGE where there is no folder with an index.yaml, or credentials or a
 * certificate that cannot work; BUSY where the port is taken; FILE_SYSTEM.
 */
export async function startServer(
  directory: string,
  { port = DEFAULT_PORT, host = LOOPBACK, credentials, tls, log }: ServerOptions = {},
): Promise<RunningServer> {
  const root = await openRepository(directory);
  if (credentials) requireUsable(credentials);
  const certificate = tls && (await readCertificate(tls));
  const handler = new Handler(root, credentials, log);
  const server = certificate
    ? createTlsServer({ ...PATIENCE, ...certificate, handshakeTimeout: HANDSHAKE_MILLISECONDS })
    : createServer(PATIENCE);
  server.on('request', (request, response) => void handler.handle(request, response));
  server.setTimeout(STALLED_MILLISECONDS);
  server.maxConnections = MAX_CONNECTIONS;
  const actual = await listen(server, port, host);
  return {
    url: serverUrl(certificate ? 'https' : 'http', host, actual),
    close: () => close(server, handler),
  };
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
      const what = inUse
        ? `port ${port} is in use`
        : `cannot listen on ${host} port ${port}: ${error.message}`;
      const next = inUse
        ? 'Choose another with --port, or --port 0 for any that is free.'
        : 'Choose a --host that is a name or an address of this machine, and a --port of 1024 or more.';
      reject(new UserError(inUse ? 'BUSY' : 'USAGE', what, { next, cause: error }));
    });
    server.listen(port, host, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}

/** Node's own closing would wait for clients that are connected and ask for nothing. */
async function close(server: Server, handler: Handler): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  await handler.idle();
  server.closeAllConnections();
  await closed;
}
