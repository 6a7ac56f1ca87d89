/** The keys of a JSON Pointer (RFC 6901): `/a/b~1c` leads to `b/c` in `a`, the empty one nowhere. */
export function pointerKeys(pointer: string): string[] {
  const tokens = pointer.split('/').slice(1);
  return tokens.map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'));
}
