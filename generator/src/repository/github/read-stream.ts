import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { RequestFailure } from '../../network/failure.ts';

/**
 * The body of an answer of `fetch`.
 * @throws RequestFailure for a longer one than is wanted, and for one that is cut.
 */
export async function readStream(
  stream: ReadableStream<Uint8Array>,
  url: URL,
  maxBytes: number,
): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const chunk of Readable.fromWeb(stream) as AsyncIterable<Uint8Array>) {
      length += chunk.length;
      if (length > maxBytes) throw new RequestFailure(url, `is larger than ${maxBytes} bytes`);
      chunks.push(chunk);
    }
  } catch (error) {
    if (error instanceof RequestFailure) throw error;
    const details = { isTransient: true, cause: error };
    throw new RequestFailure(url, 'cannot be fetched: the connection was cut', details);
  }
  return Buffer.concat(chunks);
}
