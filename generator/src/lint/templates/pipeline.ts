import type { Command, Expression, Pipeline } from './syntax.ts';
import { textOf, type Token } from './tokens.ts';

/** Tokens, and the next one to read. */
export interface Reader {
  readonly tokens: readonly Token[];
  next: number;
}

/** Deeper nesting than any template has; keeps recursion over it safe. */
const DEEPEST = 64;

/** Reads a pipeline up to the end, or to the bracket that closes it; undefined where it is not one. */
export function readPipeline(reader: Reader, depth = 0): Pipeline | undefined {
  if (depth > DEEPEST) return undefined;
  const { variables, declares } = readVariables(reader);
  const commands: Command[] = [];
  do {
    const command = readCommand(reader, depth);
    if (!command) return undefined;
    commands.push(command);
  } while (takeIf(reader, '|'));
  return { variables, declares, commands };
}

/** `$a :=`, `$a, $b :=` or `$a =`, where one stands here. */
function readVariables(reader: Reader): Pick<Pipeline, 'variables' | 'declares'> {
  const { tokens, next } = reader;
  const [first, comma, second] = tokens.slice(next, next + 3);
  const names = comma?.text === ',' ? [first, second] : [first];
  const sign = tokens[next + 2 * names.length - 1]?.text;
  if (first?.type !== 'variable' || (sign !== ':=' && sign !== '='))
    return { variables: [], declares: false };
  reader.next += 2 * names.length;
  return { variables: names.map((name) => name?.text ?? ''), declares: sign === ':=' };
}

function readCommand(reader: Reader, depth: number): Command | undefined {
  const command: Command = [];
  for (;;) {
    const token = reader.tokens[reader.next];
    if (token === undefined || token.text === '|' || token.text === ')') break;
    const operand = readOperand(reader, depth);
    if (!operand) return undefined;
    command.push(operand);
  }
  return command.length === 0 ? undefined : command;
}

function readOperand(reader: Reader, depth: number): Expression | undefined {
  const base = readBase(reader, depth);
  if (!base) return undefined;
  const names = base.type === 'fields' ? base.names : [];
  while (isField(reader.tokens[reader.next])) {
    names.push((reader.tokens[reader.next]?.text ?? '').slice(1));
    reader.next += 1;
  }
  if (base.type === 'fields' || names.length === 0) return base;
  return { type: 'fields', base, names, offset: base.offset };
}

function isField(token: Token | undefined): boolean {
  return token?.type === 'field' && token.joined;
}

function readBase(reader: Reader, depth: number): Expression | undefined {
  const token = reader.tokens[reader.next];
  if (!token) return undefined;
  reader.next += 1;
  const { type, text, offset } = token;
  switch (type) {
    case 'field':
      return { type: 'fields', base: { type: 'dot', offset }, names: [text.slice(1)], offset };
    case 'variable':
      return { type: 'variable', name: text, offset };
    case 'dot':
      return { type: 'dot', offset };
    case 'text':
      return { type: 'text', value: textOf(text), offset };
    case 'word':
      return /^(?:true|false|nil)$/.test(text)
        ? { type: 'other', offset }
        : { type: 'function', name: text, offset };
    case 'number':
      return /^\d+$/.test(text)
        ? { type: 'integer', value: Number(text), offset }
        : { type: 'other', offset };
    case 'literal':
      return { type: 'other', offset };
    case 'mark': {
      const pipeline = text === '(' ? readPipeline(reader, depth + 1) : undefined;
      return pipeline && takeIf(reader, ')') ? { type: 'pipeline', pipeline, offset } : undefined;
    }
  }
}

function takeIf(reader: Reader, text: string): boolean {
  if (reader.tokens[reader.next]?.text !== text) return false;
  reader.next += 1;
  return true;
}
