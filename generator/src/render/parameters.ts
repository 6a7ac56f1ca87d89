import Handlebars from 'handlebars';
import { nearest } from '../nearest.ts';
import type { Context } from './context.ts';
import { nameOf, type Scope } from './scope.ts';
import type { Template } from './template.ts';

/**
 * Reports at a call the parameters that it lacks and those that the partial does not use.
 * @param scope that of the call.
 * @returns the names it lacks.
 */
export function checkParameters(
  call: hbs.AST.PartialStatement,
  partial: Template,
  given: Context,
  scope: Scope,
): string[] {
  const { context } = scope;
  const name = nameOf(call.name);
  const used = parametersOf(partial, context);
  const unused = Object.keys(given).filter((key) => !used.has(key) && !Object.hasOwn(context, key));
  // A misspelt part of the context is told where the partial uses it.
  const missing = [...used.keys()].filter(
    (key) => !Object.hasOwn(given, key) && nearest(key, Object.keys(context)) === undefined,
  );
  for (const key of missing) {
    const misspelt = nearest(key, unused);
    if (misspelt !== undefined) unused.splice(unused.indexOf(misspelt), 1);
    const use = `${partial.file}:${used.get(key) ?? 1}`;
    const hint =
      misspelt === undefined
        ? `write ${key}="…"`
        : `did you mean "${key}" instead of "${misspelt}"?`;
    scope.report(call, `the partial "${name}" needs "${key}", used in ${use}`, hint);
  }
  for (const key of unused) {
    scope.report(call, `the partial "${name}" does not use "${key}"`);
  }
  return missing;
}

/** The names a partial takes from its call, each with the line of its first use. */
function parametersOf(partial: Template, context: Context): Map<string, number> {
  const finder = new ParameterFinder(context);
  finder.accept(partial.program);
  return finder.parameters;
}

/** Collects what paths start with, unless the context or a block around gives it. */
class ParameterFinder extends Handlebars.Visitor {
  readonly parameters = new Map<string, number>();
  #known: ReadonlySet<string>;

  constructor(context: Context) {
    super();
    this.#known = new Set(Object.keys(context));
  }

  override PathExpression({ parts, data, depth, loc }: hbs.AST.PathExpression): void {
    const [name] = parts;
    // What the template language lacks (`this`, `../x`, `@x`) is no parameter.
    if (name === undefined || data || depth > 0) return;
    if (this.#known.has(name) || this.parameters.has(name)) return;
    this.parameters.set(name, loc.start.line);
  }

  override BlockStatement(block: hbs.AST.BlockStatement): void {
    this.acceptArray(block.params);
    const outer = this.#known;
    // `<%^if%>` has no program, whatever the types say.
    const names = (block.program as hbs.AST.Program | undefined)?.blockParams ?? [];
    this.#known = new Set([...outer, ...names]);
    this.acceptKey(block, 'program');
    this.#known = outer;
    this.acceptKey(block, 'inverse');
  }

  override SubExpression(call: hbs.AST.SubExpression): void {
    this.acceptArray(call.params);
  }

  override PartialStatement(call: hbs.AST.PartialStatement): void {
    this.acceptKey(call, 'hash');
  }
}
