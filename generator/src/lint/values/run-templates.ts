import type { LintedChart } from '../chart.ts';
import { matchesParts } from '../glob.ts';
import { parseTemplate } from '../templates/parse.ts';
import type { TemplateNode } from '../templates/syntax.ts';
import { innerFrame, type Frame } from './frame.ts';
import { ANSWER, GAP, UNKNOWN, type Alternatives } from './known.ts';
import { emptyTrace, type Trace } from './trace.ts';
import { walk } from './walk.ts';

/** A `define`. */
export interface NamedTemplate {
  name: string;
  file: string;
  body: readonly TemplateNode[];
  /** Of its action, in the file's text. */
  offset: number;
}

/** What the templates of a chart do with what they are given. */
export interface TemplateRun {
  trace: Trace;
  /** Those of subcharts too. */
  named: readonly NamedTemplate[];
}

const CONTEXT: Alternatives = [{ type: 'context', path: [] }];
const TEMPLATE = /^(?:charts\/[^/]+\/)*templates\//;

/** Follows every template of a chart, as far as that goes without running it. */
export function runTemplates(chart: LintedChart, furtherTexts: readonly string[]): TemplateRun {
  const trace = emptyTrace();
  const files = parseFiles(chart, trace);
  const named = [...files].flatMap(([file, nodes]) => namedTemplates(file, nodes));
  const frame = rootFrame(trace, named, [...files.keys()]);
  for (const [file, nodes] of files)
    if (!file.startsWith('charts/')) walk(nodes, innerFrame(frame, { file, depth: 0 }));
  for (const text of furtherTexts) frame.interpret(text, CONTEXT, frame);
  const called = new Set(trace.called);
  // What nothing calls may be for charts that have this one below them.
  for (const { name, file } of named)
    if (!called.has(name) && !file.startsWith('charts/')) frame.include(name, CONTEXT, frame);
  return { trace: { ...trace, called }, named };
}

function parseFiles({ files }: LintedChart, trace: Trace): Map<string, TemplateNode[]> {
  const parsed = new Map<string, TemplateNode[]>();
  for (const [file, text] of files) {
    if (!TEMPLATE.test(file)) continue;
    const nodes = parseTemplate(text);
    if (nodes) parsed.set(file, nodes);
    else trace.isOpaque = true;
  }
  return parsed;
}

function namedTemplates(file: string, nodes: readonly TemplateNode[]): NamedTemplate[] {
  return nodes.flatMap((node) => {
    if (node.type === 'branch')
      return namedTemplates(file, [...node.body, ...(node.otherwise ?? [])]);
    if (node.type !== 'define') return [];
    return [{ ...node, file }, ...namedTemplates(file, node.body)];
  });
}

function rootFrame(trace: Trace, named: readonly NamedTemplate[], files: readonly string[]): Frame {
  return {
    trace,
    file: '',
    dot: CONTEXT,
    scope: { variables: new Map([['$', CONTEXT]]) },
    isGuarded: false,
    isTest: false,
    isAssigned: false,
    depth: 0,
    include: includer(named, files),
    interpret: (text, argument, frame) => {
      const nodes = parseTemplate(text);
      // Of a text in a file that is no template, places are of no use.
      if (nodes) walk(nodes, calledFrame(frame, { file: '' }, argument));
    },
  };
}

function calledFrame(
  { trace, isGuarded, depth, include, interpret }: Frame,
  { file }: Pick<NamedTemplate, 'file'>,
  argument: Alternatives,
): Frame {
  const scope = { variables: new Map([['$', argument]]) };
  const callee = { trace, file, isGuarded, depth: depth + 1, include, interpret };
  return { ...callee, dot: argument, scope, isTest: false, isAssigned: false };
}

/**
 * Runs a named template once for what it is given.
 * @param files which can be included too, by `print .Template.BasePath "/x.yaml"`; all are run anyway.
 */
function includer(named: readonly NamedTemplate[], files: readonly string[]): Frame['include'] {
  const byName = new Map<string, NamedTemplate[]>();
  for (const template of named)
    byName.set(template.name, [...(byName.get(template.name) ?? []), template]);
  const results = new Map<string, Alternatives>();
  const run = (name: string, argument: Alternatives, frame: Frame): Alternatives => {
    const key = JSON.stringify([name, argument, frame.isGuarded]);
    const known = results.get(key);
    if (known) return known;
    // For one that calls itself.
    results.set(key, UNKNOWN);
    const { trace } = frame;
    const before = trace.questions;
    trace.called.add(name);
    for (const template of byName.get(name) ?? [])
      walk(template.body, calledFrame(frame, template, argument));
    const result: Alternatives = trace.questions > before ? ANSWER : UNKNOWN;
    results.set(key, result);
    return result;
  };
  return (name, argument, frame) => {
    const isMeant = (candidate: string) => matchesParts(candidate, name.split(GAP));
    const found = [...byName.keys()].filter(isMeant);
    if (found.length === 0) return files.some(isMeant) ? UNKNOWN : undefined;
    const made = found.map((candidate) => run(candidate, argument, frame));
    return made.find(([known]) => known?.type === 'cluster') ?? UNKNOWN;
  };
}
