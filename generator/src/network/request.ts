import type { IncomingMessage } from 'node:http';
import type { Agent } from 'node:https';
import { readBody, statusFailure, transfer } from './transport.ts';

/** A login for HTTP basic authentication. */
export interface Credentials {
  username: string;
  password: string;
}

export interface RequestLimits {
  /** A longer body is refused. */
  maxBytes: number;
  /** Milliseconds in which no byte comes. */
  idleTimeout: number;
  /** For https; the usual one where absent. */
  agent?: Agent | undefined;
}

/** What a server says: status 200 with the body as it came, or a redirect. */
export type Answer = { body: Uint8Array } | Redirect;

export interface Redirect {
  status: number;
  location: string;
}

const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/**
 * Asks for a URL once. No compression is asked for or undone, as Helm does it: digests are of the
 * bytes that Helm gets.
 * @throws RequestFailure
 */
export function request(
  url: URL,
  headers: Record<string, string>,
  { maxBytes, ...connection }: RequestLimits,
): Promise<Answer> {
  return transfer(url, { headers, ...connection }, async (response) => {
    const redirect = redirectOf(response);
    if (redirect) return redirect;
    if (response.statusCode !== 200) throw statusFailure(url, response);
    return { body: await readBody(url, response, maxBytes) };
  });
}

/** Where an answer sends its client, if it does. */
export function redirectOf({ statusCode = 0, headers }: IncomingMessage): Redirect | undefined {
  if (!REDIRECTS.has(statusCode) || headers.location === undefined) return undefined;
  return { status: statusCode, location: headers.location };
}

/** The header of HTTP basic authentication (RFC 7617). */
export function basicAuthorization({ username, password }: Credentials): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
}
