import { plain, type Style } from '../../excerpt.ts';
import { count, printable } from '../../text.ts';
import type { FixResult } from '../fix.ts';

/** What was mended and what was not, a line each, for people. */
export function formatFixes(fixes: readonly FixResult[], style: Style = plain): string {
  const left = fixes.filter(({ refusal }) => refusal !== undefined).length;
  const lines = fixes.map(({ chart, file, line, rule, refusal }) => {
    const what = printable(`${chart}/${file}:${line}  ${rule}`);
    return refusal === undefined
      ? `${style('green', 'mended')}  ${what}`
      : `${style('yellow', 'left')}    ${what}: ${printable(refusal)}`;
  });
  return [...lines, `${count(fixes.length - left, 'finding')} mended, ${left} left`].join('\n');
}
