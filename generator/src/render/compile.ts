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

/** Charts share most of their templates, which nothing changes. */
const compiled = new WeakMap<Template, Handlebars.TemplateDelegate>();

function compile(template: Template): Handlebars.TemplateDelegate {
  const known = compiled.get(template);
  if (known) return known;
  const program = structuredClone(template.program);
  new PrintWrapper().accept(program);
  new LineMarker(template.id).accept(program);
  const delegate: Handlebars.TemplateDelegate = Handlebars.compile(program, OPTIONS);
  compiled.set(template, delegate);
  return delegate;
}

/**
 * Makes checked templates ready to run.
 * @param partials by name; the templates can call them.
 * @returns a function that renders a template: Go's actions come out as written, blanks at line ends
 *   are gone, the text ends with one line feed.
 */
export function templateRenderer(
  partials: ReadonlyMap<string, Template>,
  context: Context,
): (template: Template) => Traced {
  const callable = Object.fromEntries(
    [...partials].map(([name, template]) => [name, compile(template)]),
  );
  return (template) => {
    const text = compile(template)(context, { helpers: { ...HELPERS }, partials: callable });
    return readMarks(showGoActions(text), [template, ...partials.values()]);
  };
}
