/** A Go template as a tree, as far as it matters for where values go; see Go's text/template. */
export type TemplateNode =
  | { type: 'action'; pipeline: Pipeline }
  | BranchNode
  | { type: 'define'; name: string; body: TemplateNode[]; offset: number }
  /** `{{ template "name" pipeline }}`, also what `block` does besides its definition. */
  | { type: 'template'; name: string; argument: Pipeline | undefined; offset: number };

export interface BranchNode {
  type: 'branch';
  keyword: BranchKeyword;
  pipeline: Pipeline;
  body: TemplateNode[];
  /** What `else` holds, where there is one; `else if` is a branch in it. */
  otherwise?: TemplateNode[];
}

export type BranchKeyword = 'if' | 'with' | 'range';

/** `$a, $b := command | command` */
export interface Pipeline {
  variables: string[];
  /** Whether the variables are new (`:=`) or there already (`=`). */
  declares: boolean;
  commands: Command[];
}

/** Operands side by side; the first one may be a function, the others are its arguments. */
export type Command = Expression[];

/** Offsets are those in the template's text. */
export type Expression =
  | { type: 'dot' | 'other'; offset: number }
  | { type: 'variable'; name: string; offset: number }
  | { type: 'function'; name: string; offset: number }
  | { type: 'text'; value: string; offset: number }
  | { type: 'integer'; value: number; offset: number }
  | { type: 'pipeline'; pipeline: Pipeline; offset: number }
  | { type: 'fields'; base: Expression; names: string[]; offset: number };
