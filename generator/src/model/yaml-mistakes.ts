import { isScalar, visit } from 'yaml';
import type { Document } from 'yaml';

/** Deeper nesting than any model has; keeps recursion over the data safe. */
const DEEPEST = 64;
const TOO_DEEP = 'the data is nested too deeply';

/** What is wrong with a YAML document, and where in its text. */
export interface Mistake {
  offset: number;
  message: string;
}

/** The first error; most others only follow from it. */
export function syntaxError({ errors }: Document.Parsed): Mistake | undefined {
  const tooDeep = errors.find(({ code }) => code === 'RESOURCE_EXHAUSTION');
  if (tooDeep) return { offset: tooDeep.pos[0], message: TOO_DEEP };
  const [first] = errors.toSorted((a, b) => a.pos[0] - b.pos[0]);
  if (!first) return undefined;
  const isSecond = first.code === 'MULTIPLE_DOCS';
  const message = isSecond ? 'a second document starts here, write one only' : first.message;
  return { offset: first.pos[0], message };
}

/** What YAML has and plain data has not. @param aliases whether anchors and aliases are taken. */
export function refusedParts(document: Document.Parsed, aliases: boolean): Mistake[] {
  const found: Mistake[] = [];
  const refuse = (node: { range?: [number, number, number] | null }, message: string) => {
    found.push({ offset: node.range?.[0] ?? 0, message });
  };
  if (document.directives.yaml.explicit === true) {
    refuse(document, 'directives are not supported, authored files are YAML 1.2');
  }
  visit(document, {
    Alias: (_, alias, ancestors) => {
      const target = alias.resolve(document);
      if (!aliases) refuse(alias, 'aliases are not supported, write the value out or use $ref');
      else if (!target) refuse(alias, `there is no anchor "${alias.source}" above`);
      else if (ancestors.includes(target)) refuse(alias, 'the alias is part of what it stands for');
    },
    Node: (_, node, ancestors) => {
      if (!aliases && 'anchor' in node && node.anchor) refuse(node, 'anchors are not supported');
      if (node.tag) refuse(node, 'tags are not supported');
      if (isScalar(node) && typeof node.value === 'number' && !isExactNumber(node.value)) {
        refuse(node, 'the number cannot be held exactly, put it in quotes');
      }
      if (ancestors.length <= 2 * DEEPEST) return undefined;
      refuse(node, TOO_DEEP);
      return visit.BREAK;
    },
  });
  return found;
}

function isExactNumber(value: number): boolean {
  return Number.isInteger(value) ? Number.isSafeInteger(value) : Number.isFinite(value);
}
