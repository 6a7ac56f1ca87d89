import http, { type Agent, type IncomingMessage, type RequestOptions } from 'node:http';
import https from 'node:https';
import { isSystemError, UserError } from '../errors.ts';
import { usualAgent } from './agent.ts';
import { isCertificateError, RequestFailure } from './failure.ts';

export interface HttpRequest {
  /** GET where absent. */
  method?: string;
  headers: Record<string, string>;
  body?: Uint8Array;
  /** For https; the usual one where absent. */
  agent?: Agent | undefined;
  /** Milliseconds in which no byte goes or comes. */
  idleTimeout: number;
}

const TRANSIENT_STATUSES = new Set([408, 425, 429, 500, 502, 503, 504]);
/** Failed system calls that do not pass by themselves: no such host, nobody listens. */
const LASTING_ERRORS = new Set(['ENOTFOUND', 'ECONNREFUSED']);

/**
 * Asks a server once.
 * @param receive what to do with the answer, whatever its status.
 * @throws RequestFailure
 */
export async function transfer<T>(
  url: URL,
  request: HttpRequest,
  receive: (response: IncomingMessage) => Promise<T>,
): Promise<T> {
  try {
    const response = await send(url, request);
    try {
      return await receive(response);
    } finally {
      // What is all there frees its connection; of anything else nothing more is wanted.
      if (response.complete) response.resume();
      else response.destroy();
    }
  } catch (error) {
    if (error instanceof RequestFailure || error instanceof UserError) throw error;
    // Node's word for a body that ends before its length.
    const message = (error as Error).message.replace(/^aborted$/, 'the connection was cut');
    const isLasting = isSystemError(error) && LASTING_ERRORS.has(error.code ?? '');
    const what = request.body === undefined ? 'fetched' : 'sent to';
    throw new RequestFailure(url, `cannot be ${what}: ${message}`, {
      cause: error,
      isTransient: !isLasting && !isCertificateError(error),
    });
  }
}

function send(
  url: URL,
  { method = 'GET', headers, body, agent, idleTimeout }: HttpRequest,
): Promise<IncomingMessage> {
  const isSecure = url.protocol === 'https:';
  const { request } = isSecure ? https : http;
  const options: RequestOptions = { method, headers, timeout: idleTimeout };
  if (isSecure) options.agent = agent ?? usualAgent();
  return new Promise((resolve, reject) => {
    let response: IncomingMessage | undefined;
    const sent = request(url, options, (received) => {
      response = received;
      resolve(received);
    });
    sent.on('error', reject);
    sent.on('timeout', () => {
      const idle = new Error(`nothing came for ${idleTimeout / 1000} s`);
      (response ?? sent).destroy(idle);
    });
    sent.end(body);
  });
}

/**
 * The body of an answer.
 * @throws RequestFailure for a longer one than is wanted.
 */
export async function readBody(
  url: URL,
  response: IncomingMessage,
  maxBytes: number,
): Promise<Uint8Array> {
  const { statusCode: status = 0 } = response;
  const tooLarge = new RequestFailure(url, `is larger than ${maxBytes} bytes`, { status });
  if (Number(response.headers['content-length'] ?? 0) > maxBytes) throw tooLarge;
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response as AsyncIterable<Uint8Array>) {
    length += chunk.length;
    if (length > maxBytes) throw tooLarge;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** An answer that is not what was asked for, as a failure; some are worth another attempt. */
export function statusFailure(
  url: URL,
  { statusCode: status = 0, statusMessage = '', headers }: IncomingMessage,
): RequestFailure {
  return new RequestFailure(url, `is answered with ${status} ${statusMessage}`.trimEnd(), {
    status,
    isTransient: TRANSIENT_STATUSES.has(status),
    ...(headers['retry-after'] !== undefined && { retryAfter: headers['retry-after'] }),
  });
}
