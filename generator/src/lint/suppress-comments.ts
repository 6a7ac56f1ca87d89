import { positionAt } from '../render/position.ts';
import type { LintedChart } from './chart.ts';
import { readActions } from './templates/actions.ts';

/** A comment `lint-ignore <rule>, <rule>: <reason>`; it counts for the file it stands in. */
export interface IgnoreComment {
  rules: string[];
  /** Empty where it has none. */
  reason: string;
  file: string;
  line: number;
  column: number;
}

/** In the file's text, without what makes it a comment. */
interface Comment {
  text: string;
  offset: number;
}

const YAML_COMMENT = /(?:^|[ \t])#+[ \t]*(lint-ignore\b.*)$/gm;
const IGNORE = /^\s*(lint-ignore\b.*)$/s;

/** Every such comment: in templates as a comment of Go's, in YAML files behind a `#`. */
export function ignoreComments({ files }: LintedChart): IgnoreComment[] {
  return [...files].flatMap(([file, text]) => {
    if (!text.includes('lint-ignore')) return [];
    const comments = [
      ...(/\.ya?ml$/.test(file) ? yamlComments(text) : []),
      ...(file.includes('templates/') ? templateComments(text) : []),
    ];
    return comments.map(({ text: comment, offset }) => ({
      ...readComment(comment),
      file,
      ...positionAt(text, offset),
    }));
  });
}

function yamlComments(text: string): Comment[] {
  return [...text.matchAll(YAML_COMMENT)].map(({ 0: all, 1: comment = '', index }) => ({
    text: comment,
    offset: index + all.length - comment.length,
  }));
}

function templateComments(text: string): Comment[] {
  return readActions(text).actions.flatMap(({ offset, comment = '' }) => {
    const ignore = IGNORE.exec(comment)?.[1];
    return ignore === undefined ? [] : [{ text: ignore, offset }];
  });
}

function readComment(comment: string): Pick<IgnoreComment, 'rules' | 'reason'> {
  const [rules = '', ...reason] = comment.replace('lint-ignore', '').split(':');
  return {
    rules: rules.split(/[\s,]+/).filter((rule) => rule !== ''),
    reason: reason.join(':').replaceAll(/\s+/g, ' ').trim(),
  };
}
