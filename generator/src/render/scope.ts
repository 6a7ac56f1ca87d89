import type { Problem } from '../errors.ts';
import { didYouMean } from '../nearest.ts';
import type { Context } from './context.ts';
import { showGoActions } from './delimiters.ts';
import { CONDITION_HELPERS } from './helpers.ts';
import { problemAt } from './position.ts';
import type { Template } from './template.ts';

/** Stands for a value that only rendering can tell; every path below it is accepted. */
export const UNKNOWN = Symbol('unknown');

/** How a partial came to be called. */
export interface Call {
  name: string;
  parameters: Context;
}

/** What paths can mean at one place of a template, and the problems found so far. */
export class Scope {
  readonly template: Template;
  readonly context: Context;
  /** From the outermost call to the one of this template; empty for a file of a chart. */
  readonly calls: readonly Call[];
  readonly problems: Problem[];
  #names: Context;

  constructor(template: Template, context: Context, calls: readonly Call[], problems: Problem[]) {
    this.template = template;
    this.context = context;
    this.calls = calls;
    this.problems = problems;
    this.#names = { ...context, ...calls.at(-1)?.parameters };
  }

  report({ loc }: hbs.AST.Node, message: string, hint?: string): void {
    const { file, text } = this.template;
    const place = { line: loc.start.line, column: loc.start.column + 1 };
    this.problems.push(problemAt(file, text, place, message, hint));
  }

  /** Visits a block in which further names can start a path. */
  within(names: Context, visit: () => void): void {
    const outer = this.#names;
    this.#names = { ...outer, ...names };
    visit();
    this.#names = outer;
  }

  /** The value of an expression, {@link UNKNOWN} where it cannot be told; reports what is wrong with it. */
  evaluate(expression: hbs.AST.Expression): unknown {
    switch (expression.type) {
      case 'PathExpression':
        return this.#resolve(expression as hbs.AST.PathExpression);
      case 'SubExpression':
        this.#checkCall(expression as hbs.AST.SubExpression);
        return UNKNOWN;
      case 'StringLiteral':
      case 'NumberLiteral':
      case 'BooleanLiteral':
        return (expression as hbs.AST.StringLiteral).value;
      default:
        this.report(expression, 'null and undefined are not part of the template language');
        return UNKNOWN;
    }
  }

  /** Reports a helper that is given too few or too many values. */
  checkCount(node: hbs.AST.Node, name: string, count: number, [least, most]: [number, number]) {
    if (count >= least && count <= most) return;
    const wanted = `${least === most ? '' : 'at least '}${least} value${least === 1 ? '' : 's'}`;
    this.report(node, `${name} takes ${wanted}, not ${count}`);
  }

  #checkCall(call: hbs.AST.SubExpression): void {
    const name = nameOf(call.path);
    const helper = Object.hasOwn(CONDITION_HELPERS, name) ? CONDITION_HELPERS[name] : undefined;
    if (helper) this.checkCount(call, name, call.params.length, helper.values);
    else {
      const hint = didYouMean(name, Object.keys(CONDITION_HELPERS));
      this.report(call, `there is no helper "${name}"`, hint);
    }
    for (const { key } of pairsOf(call)) this.report(call, `${name} takes no "${key}="`);
    for (const param of call.params) this.evaluate(param);
  }

  #resolve(path: hbs.AST.PathExpression): unknown {
    if (path.data || path.depth > 0 || path.parts.length === 0) {
      this.report(path, `"${nameOf(path)}" is not part of the template language`);
      return UNKNOWN;
    }
    let value: unknown = this.#names;
    for (const [index, part] of path.parts.entries()) {
      if (value === UNKNOWN) return UNKNOWN;
      if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) {
        const hint = this.#hint(part, path.parts.slice(0, index), value);
        this.report(path, `unknown path "${nameOf(path)}"`, hint);
        return UNKNOWN;
      }
      value = (value as Context)[part];
    }
    return value;
  }

  #hint(part: string, parents: string[], value: unknown): string | undefined {
    const keys = typeof value === 'object' && value !== null ? Object.keys(value) : [];
    const near = didYouMean(part, keys);
    if (near !== undefined) return near;
    if (parents.length === 0) return `paths start with ${keys.join(', ')}`;
    return keys.length > 0 ? `${parents.join('.')} has ${keys.join(', ')}` : undefined;
  }
}

/** A path or literal as written; anything else has no name. */
export function nameOf(node: hbs.AST.Node): string {
  const { original } = node as { original?: string | number | boolean };
  return showGoActions(String(original ?? '(…)'));
}

/** Handlebars leaves `hash` out where there is none, whatever its types say. */
export function pairsOf(node: { hash: hbs.AST.Hash | undefined }): hbs.AST.HashPair[] {
  return node.hash?.pairs ?? [];
}
