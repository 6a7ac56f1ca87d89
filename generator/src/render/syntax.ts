import type { Problem } from '../errors.ts';
import { showGoActions } from './delimiters.ts';
import { columnOf, problemAt } from './position.ts';

/** What Handlebars' tokens look like to an author (handlebars.js, src/handlebars.l). */
const TOKENS: Readonly<Record<string, string>> = {
  OPEN: '<%',
  OPEN_BLOCK: '<%#',
  OPEN_ENDBLOCK: '<%/',
  OPEN_INVERSE: '<%^',
  OPEN_INVERSE_CHAIN: '<%else',
  INVERSE: '<%else%>',
  OPEN_PARTIAL: '<%>',
  CLOSE: '%>',
  OPEN_SEXPR: '(',
  CLOSE_SEXPR: ')',
  EQUALS: '=',
  SEP: '.',
};

/** Handlebars says where a mistake is in words only; this finds line and column again. */
export function syntaxProblem(file: string, text: string, error: Error): Problem {
  const [first = '', shown = '', caret = '', expected = ''] = showGoActions(error.message).split(
    '\n',
  );
  const mismatch = /^(.*) - (\d+):(\d+)$/.exec(first);
  if (mismatch) {
    const place = { line: Number(mismatch[2]), column: Number(mismatch[3]) + 1 };
    return problemAt(file, text, place, mismatch[1] ?? '');
  }
  const line = Number(/ on line (\d+)/.exec(first)?.[1] ?? 1);
  const token = /got '(\w+)'$/.exec(expected)?.[1] ?? '';
  if (token === 'EOF') {
    const block = openBlock(text);
    const hint = 'each <%#name …%> needs its <%/name%>';
    return block === undefined
      ? problemAt(file, text, text.lastIndexOf('<%'), '"<%" is never closed')
      : problemAt(file, text, block, 'a block is never closed', hint);
  }
  // What follows the caret may run on into the next line.
  const rest = shown.slice(caret.indexOf('^')).replaceAll('{{', '<%').replaceAll('}}', '%>');
  const place = { line, column: columnOf(text.split('\n')[line - 1] ?? '', rest) };
  const what = TOKENS[token] ?? rest.trim().split(/\s/)[0] ?? '';
  return problemAt(file, text, place, `unexpected "${what}"`);
}

/** Offset of the last block that is opened and not closed. */
function openBlock(text: string): number | undefined {
  const open: number[] = [];
  for (const tag of text.matchAll(/<%\s*([#/])/g)) {
    if (tag[1] === '#') open.push(tag.index);
    else open.pop();
  }
  return open.at(-1);
}
