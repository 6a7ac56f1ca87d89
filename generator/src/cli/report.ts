import { styleText } from 'node:util';
import type { Problem, UserError } from '../errors.ts';
import { formatExcerpt, type Style } from '../excerpt.ts';
import { printable } from '../text.ts';

/**
 * The error as text for people: what happened, each problem with its place, what to do next.
 * Coloured when the stream is a terminal and NO_COLOR is not set.
 */
export function formatUserError(error: UserError, stream: NodeJS.WritableStream): string {
  const style: Style = (format, text) => styleText(format, text, { stream });
  const blocks = [
    `${style('red', 'Error:')} ${printable(error.message)}`,
    ...error.problems.map((problem) => formatProblem(problem, style)),
    ...(error.next === undefined ? [] : [printable(error.next)]),
  ];
  return `${blocks.join('\n\n')}\n`;
}

function formatProblem(problem: Problem, style: Style): string {
  const { message, file, line, column, path, rule, hint, excerpt } = problem;
  const place = [
    file && escapeControls(file),
    line,
    line === undefined ? undefined : column,
  ].filter((part) => part != null);
  const head = place.length > 0 ? `${style('bold', printable(place.join(':')))}  ` : '';
  const lines = [`${head}${printable(message)}`];
  if (line !== undefined && excerpt !== undefined) {
    lines.push(...formatExcerpt({ text: excerpt, line, column: column ?? 1, hint }, style));
  } else if (hint !== undefined) lines.push(`  ${style('cyan', printable(hint))}`);
  const origin = [path && escapeControls(path), rule].filter(
    (part) => part !== undefined && part !== '',
  );
  if (origin.length > 0) lines.push(`  ${style('dim', printable(origin.join(' · ')))}`);
  return lines.join('\n');
}

/** A file's name can hold a line break, which would look like the end of the message. */
function escapeControls(text: string): string {
  return text.replaceAll(/[\p{Cc}]/gu, (character) => JSON.stringify(character).slice(1, -1));
}

/** The error as the `--json` document, with what was done all the same. */
export function errorDocument(error: UserError): object {
  const { code, message, problems, next, result } = error;
  return {
    error: { code, message, problems, ...(next === undefined ? {} : { next }) },
    ...(result === undefined ? {} : { result }),
  };
}
