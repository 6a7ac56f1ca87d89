import { readActions } from './actions.ts';
import { readPipeline } from './pipeline.ts';
import type { BranchKeyword, BranchNode, Pipeline, TemplateNode } from './syntax.ts';
import { textOf, tokensOf, type Token } from './tokens.ts';

/** A block that still waits for its `end`. */
interface Open {
  /** What comes next goes here. */
  nodes: TemplateNode[];
  /** Blocks that one `end` closes: an `else if` is a block in its block's `else`. */
  branch?: BranchNode;
  /** How many blocks it stands in, counting an `else if` as a block. */
  depth: number;
}

/** Deeper nesting than any template has; keeps recursion over it safe. */
const DEEPEST = 200;

const BRANCHES: ReadonlySet<string> = new Set<BranchKeyword>(['if', 'with', 'range']);

/**
 * Reads a Go template (https://pkg.go.dev/text/template).
 * @returns undefined for what Go would not parse either, Helm says what is wrong with it; and for
 * what is nested too deep to be followed.
 */
export function parseTemplate(text: string): TemplateNode[] | undefined {
  const { actions, isWhole } = readActions(text);
  if (!isWhole) return undefined;
  const root: TemplateNode[] = [];
  const open: Open[] = [{ nodes: root, depth: 0 }];
  for (const { code, offset } of actions) {
    // Comments have no tokens.
    const tokens = tokensOf(code, offset + 2);
    if (!tokens || !addAction(tokens, open)) return undefined;
    if ((open.at(-1)?.depth ?? 0) > DEEPEST) return undefined;
  }
  return open.length === 1 ? root : undefined;
}

function addAction(tokens: readonly Token[], open: Open[]): boolean {
  const [first, second, ...others] = tokens;
  const nodes = open.at(-1)?.nodes;
  if (nodes === undefined) return false;
  if (first?.type !== 'word') {
    if (first === undefined) return true;
    return addPipeline(tokens, (pipeline) => nodes.push({ type: 'action', pipeline }));
  }
  const rest = tokens.slice(1);
  if (BRANCHES.has(first.text)) return openBranch(first, rest, open, false);
  switch (first.text) {
    case 'else':
      return openElse(rest, open);
    case 'end':
      return open.length > 1 && open.pop() !== undefined;
    case 'break':
    case 'continue':
      return true;
    case 'define':
    case 'block':
    case 'template':
      return second?.type === 'text' && addNamed(first, textOf(second.text), others, open);
    default:
      return addPipeline(tokens, (pipeline) => nodes.push({ type: 'action', pipeline }));
  }
}

function addPipeline(tokens: readonly Token[], add: (pipeline: Pipeline) => void): boolean {
  const reader = { tokens, next: 0 };
  const pipeline = readPipeline(reader);
  if (!pipeline || reader.next < tokens.length) return false;
  add(pipeline);
  return true;
}

/** @param continues whether it stands in the `else` of the block that is open, and ends with it. */
function openBranch(
  { text }: Token,
  tokens: readonly Token[],
  open: Open[],
  continues: boolean,
): boolean {
  return addPipeline(tokens, (pipeline) => {
    const keyword = text as BranchKeyword;
    const branch: BranchNode = { type: 'branch', keyword, pipeline, body: [] };
    const block = open.at(-1);
    block?.nodes.push(branch);
    if (continues) open.pop();
    open.push({ nodes: branch.body, branch, depth: depthIn(block) });
  });
}

function openElse(tokens: readonly Token[], open: Open[]): boolean {
  const block = open.at(-1);
  if (!block?.branch) return false;
  block.nodes = [];
  block.branch.otherwise = block.nodes;
  const [keyword, ...rest] = tokens;
  return keyword === undefined || openBranch(keyword, rest, open, true);
}

function addNamed(
  { text, offset }: Token,
  name: string,
  tokens: readonly Token[],
  open: Open[],
): boolean {
  const block = open.at(-1);
  const nodes = block?.nodes ?? [];
  if (text !== 'define') {
    if (tokens.length === 0) nodes.push({ type: 'template', name, argument: undefined, offset });
    else if (
      !addPipeline(tokens, (argument) => nodes.push({ type: 'template', name, argument, offset }))
    )
      return false;
  }
  if (text === 'template') return true;
  const body: TemplateNode[] = [];
  nodes.push({ type: 'define', name, body, offset });
  open.push({ nodes: body, depth: depthIn(block) });
  return true;
}

function depthIn(block: Open | undefined): number {
  return (block?.depth ?? 0) + 1;
}
