import type { Agent } from 'node:https';
import type { Progress } from '../progress.ts';
import { networkError, RequestFailure } from './failure.ts';
import { basicAuthorization, request, type Credentials, type Redirect } from './request.ts';
import { withRetries } from './retry.ts';
import { assertSafeUrl } from './url.ts';

export interface DownloadOptions {
  /** A longer body is refused, before or while it comes. */
  maxBytes: number;
  /** Is told of waiting for another attempt. */
  progress?: Progress;
  /** The media types that are wanted. */
  accept?: string;
  /** For the origin of the URL only; never sent where a redirect leads elsewhere. */
  credentials?: Credentials;
  /** For https; the usual one where absent. */
  agent?: Agent | undefined;
  /** Milliseconds in which no byte comes before the attempt fails; half a minute where absent. */
  idleTimeout?: number;
}

export interface Downloaded {
  bytes: Uint8Array;
  /** Where they came from in the end. */
  url: URL;
}

const IDLE_TIMEOUT = 30_000;
/** As Go's HTTP client, and so Helm, has it. */
const MAX_REDIRECTS = 10;

/**
 * Fetches a URL into memory. What fails in passing is tried again, and redirects are followed, but
 * not to where the next step is less safe than the last.
 * @throws UserError USAGE for what is no https URL (or http on this machine) or holds a login;
 *   NETWORK with the URL and what the server answered, see {@link statusOf}.
 */
export async function download(url: URL, options: DownloadOptions): Promise<Downloaded> {
  assertSafeUrl(url);
  try {
    return await withRetries(() => follow(url, options), options.progress);
  } catch (error) {
    throw error instanceof RequestFailure ? networkError(error, url) : error;
  }
}

async function follow(start: URL, options: DownloadOptions): Promise<Downloaded> {
  const { maxBytes, idleTimeout = IDLE_TIMEOUT, agent } = options;
  const limits = { maxBytes, idleTimeout, agent };
  const headers = headersOf(options);
  let url = start;
  for (let redirects = 1; ; redirects += 1) {
    const answer = await request(url, headers, limits);
    if ('body' in answer) return { bytes: answer.body, url };
    if (redirects > MAX_REDIRECTS) throw refused(url, answer, 'again and again');
    const next = redirectTarget(url, answer);
    if (next.origin !== url.origin) delete headers.authorization;
    url = next;
  }
}

function headersOf({ accept = '*/*', credentials }: DownloadOptions): Record<string, string> {
  const headers: Record<string, string> = { accept, 'user-agent': 'spark-charts' };
  if (credentials !== undefined) headers.authorization = basicAuthorization(credentials);
  return headers;
}

/**
 * Where a redirect leads.
 * @throws RequestFailure where the next step is less safe than the last.
 */
export function redirectTarget(from: URL, redirect: Redirect): URL {
  const target = URL.parse(redirect.location, from.href);
  if (target === null) throw refused(from, redirect, 'to what is no URL');
  if (from.protocol === 'https:' && target.protocol !== 'https:')
    throw refused(from, redirect, 'to where it would not be encrypted');
  try {
    assertSafeUrl(target);
  } catch (cause) {
    throw refused(from, redirect, 'to where nothing is fetched from', cause);
  }
  return target;
}

function refused(from: URL, { status }: Redirect, where: string, cause?: unknown): RequestFailure {
  return new RequestFailure(from, `redirects ${where}`, { status, cause });
}
