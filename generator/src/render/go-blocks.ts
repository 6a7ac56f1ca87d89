import { type GoAction, type GoProblem, scanGoTemplate } from './go-actions.ts';

/** What needs an `end` (text/template/parse/parse.go); those with true may have an `else`. */
const BLOCKS: ReadonlyMap<string, boolean> = new Map([
  ['if', true],
  ['with', true],
  ['range', true],
  ['define', false],
  ['block', false],
]);

/** The first word of an action and, behind `else`, the one after it. */
const KEYWORDS = /^(?:-(?=\s))?\s*([a-z]+)(?![\w.])(?:\s+([a-z]+)(?![\w.]))?/;

interface Block {
  keyword: string;
  /** Of its `{{`. */
  offset: number;
  hasElse: boolean;
}

/**
 * What keeps Go from parsing a template: braces, quotes and round brackets that do not pair, then
 * blocks without `end`, `end` and `else` without a block. What functions and fields mean is left
 * to Helm.
 */
export function goSyntaxProblems(text: string): GoProblem[] {
  const { actions, problems } = scanGoTemplate(text);
  problems.push(...actions.flatMap(bracketProblems));
  // A lost action would take its block along.
  return problems.length > 0 ? problems : new BlockChecker(text).check(actions);
}

function bracketProblems({ start, code }: GoAction): GoProblem[] {
  const open: number[] = [];
  const problem = (index: number, message: string) => ({
    offset: start + 2 + index,
    length: 1,
    message,
  });
  for (const { 0: bracket, index } of code.matchAll(/[()]/g)) {
    if (bracket === '(') open.push(index);
    else if (open.pop() === undefined) return [problem(index, '")" closes nothing')];
  }
  return open.slice(0, 1).map((index) => problem(index, '"(" is not closed'));
}

class BlockChecker {
  readonly #text: string;
  readonly #problems: GoProblem[] = [];
  #open: Block[] = [];
  /** The first block whose `end` stands in another column: most likely the two do not belong together. */
  #odd: { block: Block; end: number } | undefined;

  constructor(text: string) {
    this.#text = text;
  }

  check(actions: readonly GoAction[]): GoProblem[] {
    for (const { start, code } of actions) {
      const [, keyword = '', next = ''] = KEYWORDS.exec(code) ?? [];
      if (BLOCKS.has(keyword)) this.#start(keyword, start);
      else if (keyword === 'else') this.#else(next, start);
      else if (keyword === 'end') this.#end(start);
    }
    this.#reportOpen();
    return this.#problems;
  }

  #start(keyword: string, offset: number): void {
    // `define` stands at the top only, so whatever is open lacks its end.
    if (keyword === 'define') this.#reportOpen();
    this.#open.push({ keyword, offset, hasElse: false });
  }

  #else(next: string, offset: number): void {
    const block = this.#open.at(-1);
    if (!block || BLOCKS.get(block.keyword) !== true) this.#report(offset, '"else" without "if"');
    else if (block.hasElse) this.#report(offset, `"else" after the "else" of "${block.keyword}"`);
    else if (next === '') block.hasElse = true;
    else if (next !== block.keyword || next === 'range')
      this.#report(offset, `"else ${next}" in "${block.keyword}"`);
  }

  #end(offset: number): void {
    const block = this.#open.pop();
    if (!block) {
      this.#report(this.#odd?.end ?? offset, '"end" closes nothing');
      this.#odd = undefined;
    } else if (!this.#isAligned(block.offset, offset)) this.#odd ??= { block, end: offset };
  }

  #reportOpen(): void {
    const blocks = this.#open.length === 1 && this.#odd ? [this.#odd.block] : this.#open;
    for (const { keyword, offset } of blocks) this.#report(offset, `"${keyword}" has no "end"`);
    this.#open = [];
    this.#odd = undefined;
  }

  #isAligned(start: number, end: number): boolean {
    if (!this.#text.slice(start, end).includes('\n')) return true;
    const column = (offset: number) => offset - this.#text.lastIndexOf('\n', offset - 1);
    return column(start) === column(end);
  }

  #report(offset: number, message: string): void {
    this.#problems.push({ offset, length: 2, message });
  }
}
