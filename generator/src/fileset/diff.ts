import { isUtf8 } from 'node:buffer';
import { join } from 'node:path';
import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff';
import type { ChartPlan, Charts } from './plan.ts';
import { readFileIfPresent } from './read.ts';

/** What writing the charts would change, as one unified diff; files that are not text are named. */
export function diff(directory: string, plans: readonly ChartPlan[], charts: Charts): string {
  const patches = plans.flatMap(({ chart, added, changed, removed, refused }) => {
    const edited = refused.filter(({ reason }) => reason === 'edited').map(({ path }) => path);
    return [...added, ...changed, ...removed, ...edited].sort().map((path) => {
      const file = join(directory, chart, path);
      return patch(file, readFileIfPresent(file), charts.get(chart)?.get(path));
    });
  });
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
  if (!isText(oldBytes) || !isText(newBytes))
    return `Binary files ${oldName} and ${newName} differ\n`;
  return createTwoFilesPatch(
    oldName,
    newName,
    Buffer.from(oldBytes).toString('utf8'),
    Buffer.from(newBytes).toString('utf8'),
    undefined,
    undefined,
    { headerOptions: FILE_HEADERS_ONLY },
  );
}

function isText(bytes: Uint8Array): boolean {
  return isUtf8(bytes) && !bytes.includes(0);
}
