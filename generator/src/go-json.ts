/** JSON as Go's encoding/json writes it, out of the way of HTML and of JavaScript; keys stay in order. */
export function goJson(value: object): string {
  return JSON.stringify(value).replaceAll(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
