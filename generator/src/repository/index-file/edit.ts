import { UserError } from '../../errors.ts';
import { mayHaveAliases } from './aliases.ts';
import { changesByChart } from './chart-plan.ts';
import { checkSharedParts } from './shared-parts.ts';
import { joinParts, type Part } from './parts.ts';
import { spliceCharts } from './splice-charts.ts';
import { spliceHead } from './splice-head.ts';
import { applySplices } from './splices.ts';
import type { Target } from './target.ts';
import type { IndexDocument, IndexEdit } from './types.ts';
import { IndexWriter } from './writer.ts';

function bufferOf({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}

function targetOf(document: IndexDocument): Target {
  const { layout, file, bytes: content } = document;
  if (!layout)
    throw new UserError('INDEX_INVALID', `${file} is in a form of YAML that cannot be edited`, {
      next: 'Write it anew once, for example with `helm repo index --merge`, and check with `spark-charts repo diff` that nothing was lost.',
    });
  const bytes = bufferOf(content);
  return { document, bytes, layout, writer: new IndexWriter(bytes, layout) };
}

/**
 * An index after some edits. All that is not edited keeps its bytes: comments, the order of keys,
 * quotes, line ends. What is new is written like what stands beside it.
 * @throws UserError INDEX_INVALID for a file whose form of YAML does not allow it.
 */
export function editParts(document: IndexDocument, edits: readonly IndexEdit[]): Part[] {
  const target = targetOf(document);
  const splices = [...spliceCharts(target, changesByChart(edits)), ...spliceHead(target, edits)];
  return applySplices(target.bytes, splices, target.writer.newline);
}

/**
 * The bytes of an index after some edits, see {@link editParts}.
 * @throws UserError INDEX_INVALID
 */
export function editIndex(document: IndexDocument, edits: readonly IndexEdit[]): Buffer {
  const parts = editParts(document, edits);
  const bytes = joinParts(bufferOf(document.bytes), parts);
  if (mayHaveAliases(document.bytes)) checkSharedParts(document, edits, bytes);
  return bytes;
}
