import Handlebars from 'handlebars';
import type { Context } from './context.ts';
import { showGoActions } from './delimiters.ts';
import { HELPERS, PRINT } from './helpers.ts';
import { LineMarker, readMarks, type Traced } from './lines.ts';
import type { Template } from './template.ts';

const OPTIONS = {
  noEscape: true,
  strict: true,
  knownHelpersOnly: true,
  knownHelpers: Object.fromEntries(Object.keys(HELPERS).map((name) => [name, true])),
} as CompileOptions;

/** Puts the print helper around every printed path. */
class PrintWrapper extends Handlebars.Visitor {
  override MustacheStatement(statement: hbs.AST.MustacheStatement): void {
    const printed = statement.path as hbs.AST.PathExpression;
    statement.params = [printed];
    const name = { parts: [PRINT], original: PRINT, data: false, depth: 0 };
    statement.path = { type: 'PathExpression', loc: printed.loc, ...name };
  }
}

/**
 * Makes checked templates ready to run.
 * @param partials by name; `templates` can call them.
 * @returns a function that renders one of `templates`: Go's actions come out as written, blanks at
 *   line ends are gone, the text ends with one line feed.
 */
export function compileTemplates(
  templates: readonly Template[],
  partials: ReadonlyMap<string, Template>,
  context: Context,
): (template: Template) => Traced {
  const sources = [...templates, ...partials.values()];
  const compile = (template: Template) => {
    const program = structuredClone(template.program);
    new PrintWrapper().accept(program);
    new LineMarker(sources.indexOf(template)).accept(program);
    return Handlebars.compile(program, OPTIONS);
  };
  const compiled = Object.fromEntries(
    [...partials].map(([name, template]) => [name, compile(template)]),
  );
  return (template) => {
    const text = compile(template)(context, { helpers: { ...HELPERS }, partials: compiled });
    return readMarks(showGoActions(text), sources);
  };
}
