import { isUtf8 } from 'node:buffer';
import { join } from 'node:path';
import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff';
import { readIfPresent } from '../files/read.ts';
import type { ChartPlan, Charts } from './plan.ts';

/**
 * What writing the charts would change, as one unified diff; files that are not text are named.
 * @throws a system error when the folder cannot be read.
 */
export async function diff(
  directory: string,
  plans: readonly ChartPlan[],
  charts: Charts,
): Promise<string> {
  const patches: string[] = [];
  for (const { chart, added, changed, removed, refused } of plans) {
    const edited = refused.filter(({ reason }) => reason === 'edited').map(({ path }) => path);
    for (const path of [...added, ...changed, ...removed, ...edited].sort()) {
      const file = join(directory, chart, path);
      patches.push(patch(file, await readIfPresent(file), charts.get(chart)?.get(path)));
    }
  }
  return patches.join('');
}

function patch(
  file: string,
  before: Uint8Array | undefined,
  after: Uint8Array | undefined,
): string {
  const [oldName, newName] = [
    before ? `a/${file}` : '/dev/null',
    after ? `b/${file}` : '/dev/null',
  ];
  const [oldBytes, newBytes] = [before ?? new Uint8Array(), after ?? new Uint8Array()];
  const head = gitHeader(file, before, after);
  if (!isText(oldBytes) || !isText(newBytes))
    return `${head}Binary files ${oldName} and ${newName} differ\n`;
  const text = createTwoFilesPatch(
    oldName,
    newName,
    Buffer.from(oldBytes).toString('utf8'),
    Buffer.from(newBytes).toString('utf8'),
    undefined,
    undefined,
    { headerOptions: FILE_HEADERS_ONLY },
  );
  return head + (text.includes('\n@@ ') ? text : '');
}

/** Git's own lines, without which a patch cannot say that an empty file comes or goes. */
function gitHeader(
  file: string,
  before: Uint8Array | undefined,
  after: Uint8Array | undefined,
): string {
  const mode = before ? (after ? '' : 'deleted file mode 100644\n') : 'new file mode 100644\n';
  return `diff --git a/${file} b/${file}\n${mode}`;
}

function isText(bytes: Uint8Array): boolean {
  return isUtf8(bytes) && !bytes.includes(0);
}
