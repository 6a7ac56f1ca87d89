import type { Layout } from './layout.ts';
import type { IndexDocument } from './types.ts';
import type { IndexWriter } from './writer.ts';

/** A file that is edited. */
export interface Target {
  document: IndexDocument;
  bytes: Buffer;
  layout: Layout;
  writer: IndexWriter;
}
