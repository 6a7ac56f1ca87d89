import { isUtf8 } from 'node:buffer';
import Handlebars from 'handlebars';
import { type Problem, UserError } from '../errors.ts';
import { hideGoActions, RESERVED } from './delimiters.ts';
import { problemAt } from './position.ts';
import { syntaxProblem } from './syntax.ts';

export interface Template {
  /** Another for each template that is read, for the marks of {@link ./lines.ts}. */
  id: number;
  /** As messages name it. */
  file: string;
  text: string;
  program: hbs.AST.Program;
}

let lastId = 0;

/** What no source may hold, and what to say of it. */
const REFUSED: readonly [RegExp, string, string?][] = [
  [RESERVED, 'the line holds a character of the private range U+E000 to U+E004'],
  [/\r/, 'the line ends with a carriage return', 'save the file with line feeds only'],
  [/[^\n]$/, 'the last line has no line feed'],
  [/<%~|~%>/, '"~" is not part of the template language', 'lines of blocks go by themselves'],
];

/**
 * Reads one template.
 * @param file its path, as messages shall name it.
 * @throws UserError TEMPLATE_INVALID with the file's problems: encoding, refused characters, syntax.
 */
export function parseTemplate(file: string, content: Buffer): Template {
  const fail = (...problems: Problem[]) =>
    new UserError('TEMPLATE_INVALID', `${file} is not a template`, { problems });
  if (!isUtf8(content)) throw fail({ file, message: 'the file is not UTF-8 text' });
  const text = content.toString('utf8');
  const problems = REFUSED.flatMap(([pattern, message, hint]) => {
    const found = pattern.exec(text);
    return found ? [problemAt(file, text, found.index, message, hint)] : [];
  });
  if (problems.length > 0) throw fail(...problems);
  try {
    return { id: (lastId += 1), file, text, program: Handlebars.parse(hideGoActions(text)) };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    throw fail(syntaxProblem(file, text, error));
  }
}
