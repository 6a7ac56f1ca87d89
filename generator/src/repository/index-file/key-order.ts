const LETTERS = /^[A-Za-z]+$/;
const isLetter = (character: string) => /\p{L}/u.test(character);

/** The digits around a place without leading zeros, from that place on where there is no need. */
function numberAt(text: readonly string[], at: number): { value: number; length: number } {
  const digits = /^\d*/.exec(text.slice(at).join(''))?.[0] ?? '';
  return { value: Number(digits), length: digits.length };
}

/**
 * The order in which Helm writes keys (go-yaml v2, sorter.go): the first difference decides; letters
 * after everything else, and numbers by what they are worth, so that `app2` is before `app10`.
 */
export function compareKeys(left: string, right: string): number {
  if (LETTERS.test(left) && LETTERS.test(right)) return Number(left > right) - Number(left < right);
  const [a, b] = [Array.from(left), Array.from(right)];
  const at = a.findIndex((character, index) => character !== b[index]);
  const [x, y] = [a[at], b[at]];
  if (x === undefined || y === undefined) return a.length - b.length;
  if (isLetter(x) !== isLetter(y)) return isLetter(x) ? 1 : -1;
  const byText = (x.codePointAt(0) ?? 0) - (y.codePointAt(0) ?? 0);
  if (isLetter(x)) return byText;
  const [m, n] = [numberAt(a, at), numberAt(b, at)];
  // Behind digits a zero is no leading one: 10 is more than 1x.
  const isInside = (x === '0' || y === '0') && /[1-9]\d*$/.test(a.slice(0, at).join(''));
  const byLength = m.length - n.length;
  return (isInside ? byLength : 0) || m.value - n.value || byLength || byText;
}
