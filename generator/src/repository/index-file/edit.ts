import { UserError } from '../../errors.ts';
import { mayHaveAliases } from './aliases.ts';
import { changesByChart } from './chart-plan.ts';
import { checkSharedParts } from './shared-parts.ts';
import { spliceCharts } from './splice-charts.ts';
import { spliceHead } from './splice-head.ts';
import { applySplices } from './splices.ts';
import type { Target } from './target.ts';
import type { IndexDocument, IndexEdit } from './types.ts';
import { IndexWriter } from './writer.ts';

function targetOf(document: IndexDocument): Target {
  const { layout, file, bytes: content } = document;
  if (!layout)
    throw new UserError('INDEX_INVALID', `${file} is in a form of YAML that cannot be edited`, {
      next: 'Write it anew once, for example with `helm repo index --merge`, and check with `spark-charts repo diff` that nothing was lost.',
    });
  const bytes = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
  return { document, bytes, layout, writer: new IndexWriter(bytes, layout) };
}

/**
 * The bytes of an index after some edits. All that is not edited keeps its bytes: comments, the
 * order of keys, quotes, line ends. What is new is written like what stands beside it.
 * @throws UserError INDEX_INVALID for a file whose form of YAML does not allow it.
 */
export function editIndex(document: IndexDocument, edits: readonly IndexEdit[]): Uint8Array {
  const target = targetOf(document);
  const splices = [...spliceCharts(target, changesByChart(edits)), ...spliceHead(target, edits)];
  const bytes = applySplices(target.bytes, splices, target.writer.newline);
  if (mayHaveAliases(document.bytes)) checkSharedParts(document, edits, bytes);
  return bytes;
}
