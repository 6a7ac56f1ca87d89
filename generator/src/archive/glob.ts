/** A pattern that Go's filepath.Match would call malformed. */
export class BadPatternError extends Error {
  override readonly name = 'BadPatternError';
}

type CharacterTest = (character: string) => boolean;

/** What stands between stars; characters are those of Unicode. */
interface Chunk {
  /** May other characters but `/` come before it? */
  afterStar: boolean;
  tests: CharacterTest[];
}

/** Reads a pattern from left to right. */
class PatternReader {
  readonly #characters: readonly string[];
  #position = 0;

  constructor(pattern: string) {
    this.#characters = Array.from(pattern);
  }

  /** The next character, left where it is; undefined at the end. */
  peek(): string | undefined {
    return this.#characters[this.#position];
  }

  /** @throws BadPatternError at the end. */
  next(): string {
    const character = this.peek();
    if (character === undefined) throw new BadPatternError();
    this.#position++;
    return character;
  }

  /** Takes the next character where it is this one. */
  take(character: string): boolean {
    if (this.peek() !== character) return false;
    this.#position++;
    return true;
  }
}

/** One end of a range in a class. */
function classCharacter(reader: PatternReader): string {
  const character = reader.next();
  if (character === '-' || character === ']') throw new BadPatternError();
  return character === '\\' ? reader.next() : character;
}

/** A class after its `[`; as Go has it, a `/` can be in one. */
function characterClass(reader: PatternReader): CharacterTest {
  const negated = reader.take('^');
  const ranges: [low: string, high: string][] = [];
  while (ranges.length === 0 || !reader.take(']')) {
    const low = classCharacter(reader);
    ranges.push([low, reader.take('-') ? classCharacter(reader) : low]);
  }
  return (character) => {
    const point = codePoint(character);
    return (
      negated !== ranges.some(([low, high]) => codePoint(low) <= point && point <= codePoint(high))
    );
  };
}

function codePoint(character: string): number {
  return character.codePointAt(0) ?? 0;
}

function characterTest(reader: PatternReader): CharacterTest {
  const character = reader.next();
  if (character === '[') return characterClass(reader);
  if (character === '?') return (other) => other !== '/';
  const literal = character === '\\' ? reader.next() : character;
  return (other) => other === literal;
}

function parseChunks(pattern: string): Chunk[] {
  const reader = new PatternReader(pattern);
  const chunks: Chunk[] = [];
  while (reader.peek() !== undefined) {
    const chunk: Chunk = { afterStar: false, tests: [] };
    while (reader.take('*')) chunk.afterStar = true;
    while (reader.peek() !== undefined && reader.peek() !== '*')
      chunk.tests.push(characterTest(reader));
    chunks.push(chunk);
  }
  return chunks;
}

/** The first place from `start` where a chunk fits; as Go has it, no later one is ever tried. */
function findChunk(
  { afterStar, tests }: Chunk,
  text: readonly string[],
  start: number,
  isLast: boolean,
): number | undefined {
  for (let place = start; ; place++) {
    const end = place + tests.length;
    const hasRoom = isLast ? end === text.length : end <= text.length;
    if (hasRoom && tests.every((test, index) => test(text[place + index] ?? ''))) return place;
    if (!afterStar || place >= text.length || text[place] === '/') return undefined;
  }
}

function matches(chunks: readonly Chunk[], text: readonly string[]): boolean {
  let position = 0;
  for (const [index, chunk] of chunks.entries()) {
    if (chunk.tests.length === 0) return !text.includes('/', position);
    const place = findChunk(chunk, text, position, index === chunks.length - 1);
    if (place === undefined) return false;
    position = place + chunk.tests.length;
  }
  return position === text.length;
}

/**
 * A pattern of Go's filepath.Match (on a system with `/` between folders): `*` and `?` stop at `/`,
 * `[a-z]` and `[^a-z]` are classes, `\` escapes. Not a regular expression: Go takes the first place
 * where a part fits, and so needs no more than the square of the length of the text.
 * @throws BadPatternError
 */
export function parseGlob(pattern: string): (text: string) => boolean {
  const chunks = parseChunks(pattern);
  return (text) => matches(chunks, Array.from(text));
}
