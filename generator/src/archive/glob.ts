/** A pattern that Go's filepath.Match would call malformed. */
export class BadPatternError extends Error {
  override readonly name = 'BadPatternError';
}

function literal(character: string): string {
  return /\w/.test(character) ? character : `\\u{${character.codePointAt(0)?.toString(16) ?? ''}}`;
}

/** One character of a `[…]` class at `at`, and the position after it. */
function classCharacter(
  characters: readonly string[],
  at: number,
): [character: string, next: number] {
  let position = at;
  let character = characters[position];
  if (character === '-' || character === ']') throw new BadPatternError();
  if (character === '\\') character = characters[++position];
  // A class that the end of the pattern cuts off is malformed, whatever came before.
  if (character === undefined || position + 1 >= characters.length) throw new BadPatternError();
  return [character, position + 1];
}

/** A `[…]` class whose first character stands at `start`, as the source of a regular expression. */
function characterClass(
  characters: readonly string[],
  start: number,
): [source: string, next: number] {
  const negated = characters[start] === '^';
  let position = negated ? start + 1 : start;
  let ranges = '';
  let count = 0;
  while (characters[position] !== ']' || count === 0) {
    const [low, afterLow] = classCharacter(characters, position);
    const isRange = characters[afterLow] === '-';
    const [high, next] = isRange ? classCharacter(characters, afterLow + 1) : [low, afterLow];
    // Go takes a range the wrong way round for an empty one.
    if (low <= high) ranges += `${literal(low)}-${literal(high)}`;
    position = next;
    count++;
  }
  return [`[${negated ? '^' : ''}${ranges}]`, position + 1];
}

/**
 * A pattern of Go's filepath.Match (on a system with `/` between folders) as a regular expression:
 * `*` and `?` stop at `/`, `[a-z]` and `[^a-z]` are classes, `\` escapes.
 * @throws BadPatternError
 */
export function globToRegExp(pattern: string): RegExp {
  const characters = Array.from(pattern);
  let source = '';
  let position = 0;
  while (position < characters.length) {
    const character = characters[position++] ?? '';
    if (character === '*') source += '[^/]*';
    else if (character === '?') source += '[^/]';
    else if (character === '[') {
      const [text, next] = characterClass(characters, position);
      source += text;
      position = next;
    } else if (character === '\\') {
      const escaped = characters[position++];
      if (escaped === undefined) throw new BadPatternError();
      source += literal(escaped);
    } else source += literal(character);
  }
  return new RegExp(`^${source}$`, 'u');
}
