import type { BranchNode, TemplateNode } from '../templates/syntax.ts';
import { assign, evaluatePipeline } from './evaluate.ts';
import { innerFrame, noteRead, type Frame } from './frame.ts';
import {
  elementsOf,
  isFromCluster,
  keysOf,
  ofEach,
  oneOf,
  UNKNOWN,
  type Alternatives,
} from './known.ts';
import { consume } from './trace.ts';

/** More than any chart needs; what goes beyond is not followed. */
const MOST_STEPS = 300_000;
const DEEPEST = 200;

/** Runs a template's nodes, every branch once. */
export function walk(nodes: readonly TemplateNode[], frame: Frame): void {
  if (frame.depth > DEEPEST || frame.trace.steps > MOST_STEPS) {
    frame.trace.isOpaque = true;
    return;
  }
  for (const node of nodes) {
    frame.trace.steps += 1;
    if (node.type === 'branch') walkBranch(node, frame);
    else if (node.type === 'action') {
      const result = evaluatePipeline(node.pipeline, frame);
      if (node.pipeline.variables.length === 0) consume(frame.trace, result);
    } else if (node.type === 'template') {
      const argument = node.argument ? evaluatePipeline(node.argument, frame) : UNKNOWN;
      if (!frame.include(node.name, argument, frame)) consume(frame.trace, argument);
    }
  }
}

function walkBranch(node: BranchNode, frame: Frame): void {
  const { keyword, pipeline, otherwise } = node;
  const inner = innerFrame(frame);
  const subject = evaluatePipeline(pipeline, { ...inner, isTest: true });
  const isAnswer = isFromCluster(subject);
  const isGuarded = frame.isGuarded || isAnswer;
  if (keyword === 'range' && isAnswer && !frame.isGuarded && otherwise === undefined)
    noteRange(node, frame);
  const body = { ...inner, isGuarded, ...(keyword !== 'if' && { dot: subject }) };
  walk(node.body, keyword === 'range' ? loopFrame(node, subject, body) : body);
  if (otherwise) walk(otherwise, innerFrame(inner, { isGuarded }));
}

function noteRange({ pipeline }: BranchNode, { trace, file }: Frame): void {
  const offset = pipeline.commands[0]?.[0]?.offset ?? 0;
  trace.lookups.push({ use: 'range', file, offset });
}

/** The frame of a loop's body: dot and its variables are an element each time. */
function loopFrame({ pipeline }: BranchNode, subject: Alternatives, frame: Frame): Frame {
  const elements = ofEach(subject, elementsOf);
  const { variables, declares } = pipeline;
  const [key, value] = variables.length === 2 ? variables : [undefined, variables[0]];
  if (value !== undefined) assign(value, declares, elements, frame);
  if (key !== undefined) {
    assign(key, declares, ofEach(subject, keysOf), frame);
    // Its keys are used, whatever becomes of its elements.
    noteRead(oneOf(elements, UNKNOWN), frame, pipeline.commands[0]?.[0]?.offset ?? 0);
  }
  return { ...frame, dot: elements };
}
