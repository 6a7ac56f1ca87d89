import { UserError } from '../errors.ts';
import { BadPatternError, parseGlob } from './glob.ts';

interface Rule {
  negated: boolean;
  foldersOnly: boolean;
  matches: (path: string) => boolean;
}

/** True where Helm leaves the path (relative to the chart, `/` between folders) out. */
export type IgnoreRules = (path: string, isFolder: boolean) => boolean;

/** Helm's own last rule: no dot files among the templates. */
const IMPLICIT_RULE = 'templates/.?*';

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function parseRule(line: string): Rule {
  if (line.includes('**')) throw new BadPatternError('`**` is not supported by Helm');
  let pattern = line;
  const negated = pattern.startsWith('!');
  if (negated) pattern = pattern.slice(1);
  const foldersOnly = pattern.endsWith('/');
  if (foldersOnly) pattern = pattern.slice(0, -1);
  // Helm strips one more slash each time it looks at such a rule, so what it means changes from file to file.
  if (pattern.startsWith('//')) throw new BadPatternError('it starts with two slashes');
  const anchored = pattern.startsWith('/');
  const matchesPattern = parseGlob(anchored ? pattern.slice(1) : pattern);
  const wholePath = anchored || pattern.includes('/');
  return {
    negated,
    foldersOnly,
    matches: (path) => matchesPattern(wholePath ? path : baseName(path)),
  };
}

function ignores(rules: readonly Rule[], path: string, isFolder: boolean): boolean {
  for (const { negated, foldersOnly, matches } of rules) {
    const applies = !foldersOnly || isFolder;
    // Not gitignore's meaning: `!x` leaves out everything that is not x.
    if (negated && !(applies && matches(path))) return true;
    if (!negated && applies && matches(path)) return true;
  }
  return false;
}

/** Go's TrimSpace: unlike JavaScript's trim it knows U+0085 for a blank, and not U+FEFF. */
function trimAsGo(text: string): string {
  return text.replaceAll(/^\p{White_Space}+|\p{White_Space}+$/gu, '');
}

/**
 * The rules of a .helmignore file exactly as Helm has them (pkg/ignore/rules.go): the first rule
 * that matches wins, a pattern without `/` looks at the last part of the path only. A malformed
 * rule is always refused; Helm overlooks some, which then never match.
 * @param file what to call the file in messages.
 * @throws UserError CHART_INVALID with every line that is refused.
 */
export function parseHelmIgnore(text: string, file: string): IgnoreRules {
  const rules: Rule[] = [];
  const problems: { message: string; file: string; line: number }[] = [];
  const lines = text.replace(/^\uFEFF/, '').split('\n');
  for (const [index, raw] of [...lines, IMPLICIT_RULE].entries()) {
    const line = trimAsGo(raw);
    if (line === '' || line.startsWith('#')) continue;
    try {
      rules.push(parseRule(line));
    } catch (error) {
      if (!(error instanceof BadPatternError)) throw error;
      const reason = error.message || 'malformed pattern';
      problems.push({ message: `${line}: ${reason}`, file, line: index + 1 });
    }
  }
  if (problems.length > 0)
    throw new UserError('CHART_INVALID', `${file} has rules that cannot be used`, { problems });
  return (path, isFolder) => ignores(rules, path, isFolder);
}
