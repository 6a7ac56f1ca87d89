import Handlebars from 'handlebars';
import type { Problem } from '../errors.ts';
import { didYouMean } from '../nearest.ts';
import type { Context } from './context.ts';
import { BLOCK_HELPERS, CONDITION_HELPERS } from './helpers.ts';
import { checkParameters } from './parameters.ts';
import { nameOf, pairsOf, Scope, UNKNOWN } from './scope.ts';
import type { Template } from './template.ts';

/** What a template can use. */
export interface Library {
  context: Context;
  /** By name; undefined where a partial could not be read, which has been reported already. */
  partials: ReadonlyMap<string, Template | undefined>;
}

/**
 * Checks each branch of a template, also those this chart does not take, and the partials it calls
 * with the parameters it gives them: paths, helpers, partials and how they are called.
 */
export function checkTemplate(template: Template, library: Library): Problem[] {
  const scope = new Scope(template, library.context, [], []);
  new Checker(scope, library).accept(template.program);
  return scope.problems;
}

class Checker extends Handlebars.Visitor {
  readonly #scope: Scope;
  readonly #library: Library;

  constructor(scope: Scope, library: Library) {
    super();
    this.#scope = scope;
    this.#library = library;
  }

  override ContentStatement(content: hbs.AST.ContentStatement): void {
    if (content.value.includes('}}')) this.#scope.report(content, '"%>" closes nothing');
  }

  override MustacheStatement(statement: hbs.AST.MustacheStatement): void {
    const { path, params } = statement;
    const name = nameOf(path);
    const isHelper = [BLOCK_HELPERS, CONDITION_HELPERS].some((group) => Object.hasOwn(group, name));
    if (params.length > 0 || pairsOf(statement).length > 0 || isHelper) {
      this.#scope.report(statement, `"${name}" is called, but only paths can be printed`);
      return;
    }
    const value = this.#scope.evaluate(path);
    if (value === null) this.#scope.report(statement, `"${name}" is null and cannot be printed`);
    else if (typeof value === 'object') {
      const hint = `it has ${Object.keys(value).join(', ')}`;
      this.#scope.report(statement, `"${name}" is not a single value`, hint);
    }
  }

  override BlockStatement(block: hbs.AST.BlockStatement): void {
    const name = nameOf(block.path);
    const helper = Object.hasOwn(BLOCK_HELPERS, name) ? BLOCK_HELPERS[name] : undefined;
    const [value] = block.params.map((param) => this.#scope.evaluate(param));
    // `<%^if%>` has no program, whatever the types say.
    const names = (block.program as hbs.AST.Program | undefined)?.blockParams ?? [];
    if (helper) {
      this.#scope.checkCount(block, name, block.params.length, helper.values);
      const [fewest, most] = helper.names;
      if (most === 0 && names.length > 0) this.#scope.report(block, `${name} takes no "as |…|"`);
      else if (names.length < fewest || names.length > most) {
        this.#scope.report(block, `${name} names what it gives: "as |${helper.example}|"`);
      }
    } else {
      const hint = didYouMean(name, Object.keys(BLOCK_HELPERS));
      this.#scope.report(block, `there is no block helper "${name}"`, hint);
    }
    const isCollection = value === UNKNOWN || (typeof value === 'object' && value !== null);
    if (name === 'each' && !isCollection) this.#scope.report(block, 'each needs a list or a map');
    const given = name === 'each' ? [firstOf(value), UNKNOWN] : [value];
    const entries = names.map((key, index) => [key, given[index] ?? UNKNOWN]);
    this.#scope.within(Object.fromEntries(entries) as Context, () => {
      this.acceptKey(block, 'program');
    });
    this.acceptKey(block, 'inverse');
  }

  override PartialStatement(statement: hbs.AST.PartialStatement): void {
    const name = nameOf(statement.name);
    const { template, calls, problems } = this.#scope;
    const parameters: Record<string, unknown> = {};
    for (const { key, value } of pairsOf(statement)) {
      parameters[key] = this.#scope.evaluate(value);
      if (Object.hasOwn(this.#library.context, key)) {
        this.#scope.report(statement, `the parameter "${key}" hides a part of the context`);
      }
    }
    if (statement.params.length > 0) {
      this.#scope.report(statement, 'a partial takes its parameters by name', 'write name="value"');
    }
    if (!standsAlone(statement, template.text)) {
      this.#scope.report(statement, 'a partial is called on a line of its own');
    }
    const path = [...calls.map((call) => call.name), name];
    if (!this.#library.partials.has(name)) {
      const hint = didYouMean(name, this.#library.partials.keys());
      this.#scope.report(statement, `there is no partial "${name}"`, hint);
    } else if (path.indexOf(name) < path.length - 1) {
      this.#scope.report(statement, `partials call each other in a circle: ${path.join(' → ')}`);
    } else {
      const partial = this.#library.partials.get(name);
      if (!partial) return;
      const missing = checkParameters(statement, partial, parameters, this.#scope);
      const unknown = Object.fromEntries(missing.map((parameter) => [parameter, UNKNOWN]));
      const call = { name, parameters: { ...unknown, ...parameters } };
      const scope = new Scope(partial, this.#library.context, [...calls, call], problems);
      new Checker(scope, this.#library).accept(partial.program);
    }
  }

  override PartialBlockStatement(statement: hbs.AST.PartialBlockStatement): void {
    this.#scope.report(statement, 'a partial takes parameters, not a block');
  }

  override Decorator(statement: hbs.AST.Decorator): void {
    this.#scope.report(statement, 'decorators are not part of the template language');
  }

  override DecoratorBlock(statement: hbs.AST.DecoratorBlock): void {
    this.#scope.report(statement, 'inline partials are not part of the template language');
  }
}

function standsAlone({ loc }: hbs.AST.Node, text: string): boolean {
  const lines = text.split('\n');
  const before = (lines[loc.start.line - 1] ?? '').slice(0, loc.start.column);
  const after = (lines[loc.end.line - 1] ?? '').slice(loc.end.column);
  return before.trim() === '' && after.trim() === '';
}

/** The items of a list are alike, so the first stands for all. */
function firstOf(value: unknown): unknown {
  const items: unknown[] = typeof value === 'object' && value !== null ? Object.values(value) : [];
  return items.length > 0 ? items[0] : UNKNOWN;
}
