import type { IncomingHttpHeaders } from 'node:http';
import fresh from 'fresh';
import parseRanges from 'range-parser';

/** What tells one state of a file from another. */
export interface Validators {
  /** Strong, with its quotes. */
  etag: string;
  /** An HTTP date. */
  lastModified: string;
}

/** Part of a file, in bytes; `end` is in it. */
export interface Part {
  start: number;
  end: number;
}

/**
 * The status of a request whose conditions do not hold, in the order of RFC 9110 §13.2.2: 412 where
 * the file is not the one that the client wants, 304 where the client has it; else undefined.
 */
export function failedCondition(
  headers: IncomingHttpHeaders,
  { etag, lastModified }: Validators,
): 304 | 412 | undefined {
  const match = headers['if-match'];
  const since = headers['if-unmodified-since'];
  if (match !== undefined) {
    const tags = match.split(',').map((tag) => tag.trim());
    if (!tags.includes('*') && !tags.includes(etag)) return 412;
  } else if (since !== undefined && Date.parse(lastModified) > Date.parse(since)) return 412;
  // Not all headers: clients built on `fetch` say no-cache together with any condition.
  const { 'if-none-match': noneMatch, 'if-modified-since': modifiedSince } = headers;
  return fresh(
    { 'if-none-match': noneMatch, 'if-modified-since': modifiedSince },
    { etag, 'last-modified': lastModified },
  )
    ? 304
    : undefined;
}

/**
 * The part of a file that a request is for; undefined for the whole file, also where several parts
 * apart from each other are asked for, which RFC 9110 §14.2 leaves to the server.
 */
export function wantedPart(
  headers: IncomingHttpHeaders,
  size: number,
  { etag, lastModified }: Validators,
): Part | 'unsatisfiable' | undefined {
  const { range, 'if-range': ifRange = etag } = headers;
  if (range === undefined || ![etag, lastModified].includes(String(ifRange))) return undefined;
  const parts = parseRanges(size, range, { combine: true });
  if (parts === -1) return 'unsatisfiable';
  return parts === -2 || parts.type !== 'bytes' || parts.length !== 1 ? undefined : parts[0];
}
