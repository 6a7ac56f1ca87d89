import type { Command, Expression, Pipeline } from '../templates/syntax.ts';
import { noteParts, noteRead, scopeOf, variable, type Frame } from './frame.ts';
import { callFunction, isGuard } from './functions.ts';
import {
  ANSWER,
  fieldOf,
  isFromCluster,
  oneOf,
  ofEach,
  UNKNOWN,
  type Alternatives,
} from './known.ts';
import { consume } from './trace.ts';

/** Methods of Helm's Values that give it as a plain map. */
const SAME = new Set(['AsMap']);
/** Methods of Helm's Values that may give any of them. */
const ANY = new Set(['PathValue', 'Table', 'YAML', 'Encode']);

/** What a pipeline stands for; what it reads is noted, and its variables get it. */
export function evaluatePipeline(pipeline: Pipeline, frame: Frame): Alternatives {
  const { commands, variables, declares } = pipeline;
  let result: Alternatives | undefined;
  for (const [index, command] of commands.entries()) {
    const isTest = frame.isTest || commands.slice(index + 1).some(isGuardCommand);
    const isAssigned = variables.length > 0 && commands.length === 1 && command.length === 1;
    result = evaluateCommand(command, { ...frame, isTest, isAssigned }, result);
  }
  const [name, ...others] = variables;
  // `range` gives two variables their values itself.
  if (name !== undefined && others.length === 0) assign(name, declares, result ?? UNKNOWN, frame);
  return result ?? UNKNOWN;
}

/** Gives a variable a value; one that is there already may have kept what it had. */
export function assign(
  name: string,
  declares: boolean,
  value: Alternatives,
  { scope, isGuarded }: Frame,
): void {
  const known = declares ? undefined : scopeOf(scope, name);
  const before = known?.variables.get(name);
  if (!known || !before) scope.variables.set(name, value);
  else known.variables.set(name, oneOf(before, value, ...(isGuarded ? [ANSWER] : [])));
}

function isGuardCommand([first]: Command): boolean {
  return first?.type === 'function' && isGuard(first.name);
}

function evaluateCommand(
  [first, ...operands]: Command,
  frame: Frame,
  piped: Alternatives | undefined,
): Alternatives {
  if (!first) return UNKNOWN;
  if (first.type === 'function') return evaluateCall(first, operands, frame, piped);
  const result = evaluate(first, frame);
  // A method with arguments, such as `.Files.Get`.
  for (const operand of operands) consume(frame.trace, evaluate(operand, frame));
  if (piped) consume(frame.trace, piped);
  return operands.length > 0 || piped ? UNKNOWN : result;
}

function evaluateCall(
  { name, offset }: { name: string; offset: number },
  operands: readonly Expression[],
  frame: Frame,
  piped?: Alternatives,
): Alternatives {
  const isTest = frame.isTest || isGuard(name);
  const isLazy = name === 'and' || name === 'or';
  let { isGuarded } = frame;
  const given = operands.map((operand) => {
    const value = evaluate(operand, { ...frame, isTest, isGuarded, isAssigned: false });
    // What stands behind it is only looked at when the cluster has answered.
    if (isLazy && isFromCluster(value)) isGuarded = true;
    return value;
  });
  const values = piped ? [...given, piped] : given;
  return callFunction({ name, values, offset, frame: { ...frame, isTest } });
}

function evaluate(expression: Expression, frame: Frame): Alternatives {
  frame.trace.steps += 1;
  switch (expression.type) {
    case 'dot':
      noteRead(frame.dot, frame, expression.offset);
      return frame.dot;
    case 'variable': {
      const value = variable(frame.scope, expression.name) ?? UNKNOWN;
      noteRead(value, frame, expression.offset);
      return value;
    }
    case 'function':
      return evaluateCall(expression, [], frame);
    case 'text':
      return [{ type: 'text', text: expression.value }];
    case 'pipeline':
      return evaluatePipeline(expression.pipeline, frame);
    case 'fields':
      return evaluateFields(expression, frame);
    default:
      return UNKNOWN;
  }
}

function evaluateFields(
  { base, names, offset }: Extract<Expression, { type: 'fields' }>,
  frame: Frame,
): Alternatives {
  const whole =
    base.type === 'pipeline' || base.type === 'function'
      ? evaluate(base, { ...frame, isAssigned: false })
      : plain(base, frame);
  if (isRelease(whole, names)) return ANSWER;
  noteParts(whole, frame, offset, names.length);
  const result = names.reduce((value, name) => partOf(value, name, frame), whole);
  noteRead(result, frame, offset);
  return result;
}

/** Dot and variables, of which only a part is read. */
function plain(base: Expression, { dot, scope }: Frame): Alternatives {
  if (base.type === 'dot') return dot;
  return (base.type === 'variable' ? variable(scope, base.name) : undefined) ?? UNKNOWN;
}

/** Whether there is an earlier release tells as much as a lookup. */
function isRelease(whole: Alternatives, [first, second = '']: readonly string[]): boolean {
  const isContext = whole.some(({ type }) => type === 'context');
  return isContext && first === 'Release' && /^Is(?:Install|Upgrade)$/.test(second);
}

function partOf(whole: Alternatives, name: string, { trace }: Frame): Alternatives {
  return ofEach(whole, (known) => {
    if (known.type === 'value' && SAME.has(name)) return [known];
    if (known.type === 'value' && known.path.length === 0 && ANY.has(name)) consume(trace, [known]);
    return fieldOf(known, name);
  });
}
