/** An escape, a character class, a group that looks around, or one character. */
const PART = /\\.|\[\^?\]|\[(?:\\.|[^\]\\])*\]|\(\?<?[=!]|./gsu;

/**
 * Why a pattern cannot be used: Helm's schema check runs it with Go's `regexp`, editors and our
 * own checks with ECMAScript's, so it has to be in both (https://pkg.go.dev/regexp/syntax).
 */
export function patternMistake(pattern: string): string | undefined {
  try {
    new RegExp(pattern, 'u');
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  const parts = pattern.match(PART) ?? [];
  if (parts.some((part) => part.startsWith('(?'))) return 'Helm knows no look-ahead or look-behind';
  if (parts.some((part) => /^\\[1-9k]/.test(part))) return 'Helm knows no references to groups';
  if (parts.some((part) => /^\[\^?\]$/.test(part))) return 'Helm knows no empty character class';
  if (parts.some((part) => /\\[uc]/.test(part)))
    return 'Helm knows no \\u and \\c, write the character';
  return undefined;
}
