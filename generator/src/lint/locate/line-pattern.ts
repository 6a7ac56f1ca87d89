import { matchesParts } from '../glob.ts';

/** What a line of a template can become: its literal parts, with anything where an action stands. */
export interface LinePattern {
  literals: readonly string[];
  /** How many characters are literal; the more, the surer a match is. */
  weight: number;
  /** Prints what stands in another template, so it can become several lines. */
  isCall: boolean;
}

const ACTION = /(\{\{(?:(?!\}\}).)*\}\})/;
/** Fewer literal characters than this, such as the dash of a list, could be anywhere. */
const LEAST_WEIGHT = 2;
const CALL = /\{\{.*\b(?:include|template|tpl|toYaml|fromYaml|block)\b/;

/** The pattern of each line of a Go template; undefined for a line that prints nothing of its own. */
export function linePatterns(template: string): (LinePattern | undefined)[] {
  // Comments and actions may go on over several lines; their lines stay, without content.
  const text = template.replaceAll(/\{\{(?:(?!\}\}).)*\}\}/gs, (action) =>
    action.replaceAll('\n', '}}\n{{'),
  );
  return text.split('\n').map((line) => {
    const literals = literalsOf(line.trim());
    const weight = literals.reduce((sum, literal) => sum + literal.trim().length, 0);
    const isCall = CALL.test(line);
    return weight === 0 && !isCall ? undefined : { literals, weight, isCall };
  });
}

/** What stands between the actions of a line, without the white space that their dashes take away. */
function literalsOf(line: string): string[] {
  const parts = line.split(ACTION);
  return parts.flatMap((part, index) => {
    if (index % 2 === 1) return [];
    const before = parts[index - 1]?.endsWith('-}}') === true ? part.trimStart() : part;
    return [parts[index + 1]?.startsWith('{{-') === true ? before.trimEnd() : before];
  });
}

/** Whether a rendered line may come from the template's line; indentation does not count. */
export function matches({ literals, weight }: LinePattern, rendered: string): boolean {
  return weight >= LEAST_WEIGHT && matchesParts(rendered.trim(), literals);
}
