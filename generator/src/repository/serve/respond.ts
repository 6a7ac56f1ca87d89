import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import Negotiator from 'negotiator';
import type { CompressedFiles } from './compressed-files.ts';
import { failedCondition, type Part, wantedPart } from './conditions.ts';
import type { ServedFile } from './served-files.ts';

/** Answers with a line of text; the bytes of the body. */
export function respondText(response: ServerResponse, status: number, text: string): number {
  const body = Buffer.from(`${text}\n`);
  response.writeHead(status, {
    'Content-Type': 'text/plain; charset=utf-8',
    'Content-Length': body.length,
  });
  const { method } = response.req;
  response.end(body);
  return method === 'HEAD' ? 0 : body.length;
}

/**
 * Answers with a file, or as much of it as the request is for, by RFC 9110.
 * @returns bytes of the body that were handed to the network.
 * @throws where the file cannot be read, or the client hung up.
 */
export async function respondFile(
  response: ServerResponse,
  file: ServedFile,
  compressedFiles: CompressedFiles,
): Promise<number> {
  const { headers, method } = response.req;
  response.setHeader('X-Content-Type-Options', 'nosniff');
  // May be kept, if it is asked for every time whether it is still the one.
  response.setHeader('Cache-Control', 'no-cache');
  response.setHeader('Content-Type', file.contentType);
  response.setHeader('Accept-Ranges', 'bytes');
  const compressible = compressedFiles.mayCompress(file);
  if (compressible) response.setHeader('Vary', 'Accept-Encoding');
  if (compressible && asksForGzip(response.req)) {
    return respondCompressed(response, file, compressedFiles);
  }
  const failed = setValidators(response, file, file.etag);
  if (failed) return respondNothing(response, failed);
  const part = method === 'GET' ? wantedPart(headers, file.size, file) : undefined;
  if (part === 'unsatisfiable') {
    response.setHeader('Content-Range', `bytes */${file.size}`);
    return respondText(response, 416, 'no such part');
  }
  return respondPart(response, file, part);
}

/** A part of a compressed answer would be no part of the file. */
function asksForGzip(request: IncomingMessage): boolean {
  if (request.headers.range !== undefined) return false;
  return new Negotiator(request).encoding(['gzip', 'identity']) === 'gzip';
}

/** The status to answer with where a condition of the request does not hold. */
function setValidators(
  response: ServerResponse,
  { lastModified }: ServedFile,
  etag: string,
): 304 | 412 | undefined {
  response.setHeader('ETag', etag);
  response.setHeader('Last-Modified', lastModified);
  return failedCondition(response.req.headers, { etag, lastModified });
}

async function respondCompressed(
  response: ServerResponse,
  file: ServedFile,
  files: CompressedFiles,
): Promise<number> {
  // Other bytes need another tag.
  const failed = setValidators(response, file, file.etag.replace(/"$/, '-gzip"'));
  if (failed) return respondNothing(response, failed);
  const body = await files.compressed(file);
  response.writeHead(200, { 'Content-Encoding': 'gzip', 'Content-Length': body.length });
  const isHead = response.req.method === 'HEAD';
  response.end(isHead ? undefined : body);
  return isHead ? 0 : body.length;
}

function respondNothing(response: ServerResponse, status: 304 | 412): number {
  response.removeHeader('Content-Type');
  response.writeHead(status).end();
  return 0;
}

async function respondPart(
  response: ServerResponse,
  { handle, size }: ServedFile,
  part: Part | undefined,
): Promise<number> {
  const { start, end } = part ?? { start: 0, end: size - 1 };
  if (part) response.setHeader('Content-Range', `bytes ${start}-${end}/${size}`);
  response.writeHead(part ? 206 : 200, { 'Content-Length': end - start + 1 });
  if (response.req.method === 'HEAD' || size === 0) {
    response.end();
    return 0;
  }
  const content = handle.createReadStream({ start, end, autoClose: false });
  await pipeline(content, response, { end: false });
  if (content.bytesRead <= end - start) throw new Error('the file became shorter');
  response.end();
  return content.bytesRead;
}
