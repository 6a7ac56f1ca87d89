import { createHash } from 'node:crypto';

/** SHA-256 in hex, as `sha256sum` and index.yaml have it. */
export function sha256(content: Uint8Array | string): string {
  return createHash('sha256').update(content).digest('hex');
}
