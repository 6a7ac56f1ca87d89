const ACTION = /\{\{[^{}]*\}\}/g;
const STRING = /"((?:[^"\\]|\\.)*)"|`([^`]*)`/g;

/** Texts that stand in a template as the value of a key: plain ones, and strings in its actions. */
export function literalsOf(template: string, key: string): string[] {
  return template.split('\n').flatMap((line) => {
    const colon = line.indexOf(':');
    if (colon === -1 || unquoted(line.slice(0, colon)) !== key) return [];
    const value = line.slice(colon + 1);
    const actions = value.match(ACTION) ?? [];
    if (actions.length === 0) return [unquoted(value)];
    return actions.flatMap((action) =>
      [...action.matchAll(STRING)].map(([, quoted, raw]) => quoted ?? raw ?? ''),
    );
  });
}

function unquoted(text: string): string {
  const trimmed = text.trim();
  return /^(["'])(.*)\1$/.exec(trimmed)?.[2] ?? trimmed;
}
