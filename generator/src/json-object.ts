/** Is it an object as JSON and YAML have them: neither null nor a list? */
export function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An object from JSON that others wrote; undefined for anything else. */
export function jsonObject(json: Uint8Array | string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(
      typeof json === 'string' ? json : Buffer.from(json).toString(),
    );
    return isMapping(value) ? value : undefined;
  } catch {
    // The error would show a piece of the text, which may be secret.
    return undefined;
  }
}

/** A field of an object, where it is an object itself; else an empty one. */
export function objectField(
  object: Record<string, unknown>,
  name: string,
): Record<string, unknown> {
  const value = Object.hasOwn(object, name) ? object[name] : undefined;
  return isMapping(value) ? value : {};
}

/** A field of an object, where it is text; else ''. */
export function textField(object: Record<string, unknown>, name: string): string {
  const value = Object.hasOwn(object, name) ? object[name] : undefined;
  return typeof value === 'string' ? value : '';
}
