import { createContext, Script } from 'node:vm';

/** Does a text match? Undefined when that takes too long to tell. */
export type Matcher = (pattern: string, text: string) => boolean | undefined;

/** What Go's regular expressions have and ECMAScript's read in another way. */
const GO_ONLY = /\[\[?:|\\[pPQ]|\(\?[a-zA-Z]/;
/** Without regard to case from here to the end of the group; here it is for the whole pattern. */
const ANY_CASE = '(?i)';

const compiled = new Map<string, RegExp | undefined>();

/**
 * A pattern of a CustomResourceDefinition (Go's syntax, https://pkg.go.dev/regexp/syntax);
 * undefined for what ECMAScript cannot say, or what is no pattern at all.
 */
export function patternOf(pattern: string): RegExp | undefined {
  if (!compiled.has(pattern)) compiled.set(pattern, compile(pattern));
  return compiled.get(pattern);
}

function compile(pattern: string): RegExp | undefined {
  const anyCase = pattern.includes(ANY_CASE) ? 'i' : '';
  const source = pattern.replaceAll(ANY_CASE, '').replace(/^\\A/, '^').replace(/\\z$/, '$');
  if (GO_ONLY.test(source)) return undefined;
  // The flag `u` refuses needless escapes such as `\-`, which Go takes.
  for (const flags of [`${anyCase}u`, anyCase])
    try {
      return new RegExp(source, flags);
    } catch {
      // The next flags, if any, may do.
    }
  return undefined;
}

/** For the patterns of `schemas/kubernetes`, which are known to be harmless. */
export const matchKnown: Matcher = (pattern, text) => patternOf(pattern)?.test(text) ?? true;

const TIMEOUT_MILLISECONDS = 100;
const SCRIPT = new Script('pattern.test(text)');

/** For patterns of anybody: a malicious one is given up, and each text is tried once. */
export function carefulMatcher(): Matcher {
  const sandbox = createContext({ pattern: /(?:)/, text: '' });
  const known = new Map<string, boolean | undefined>();
  return (pattern, text) => {
    const key = JSON.stringify([pattern, text]);
    if (!known.has(key)) {
      Object.assign(sandbox, { pattern: patternOf(pattern) ?? /(?:)/, text });
      known.set(key, runWithin(sandbox));
    }
    return known.get(key);
  };
}

function runWithin(sandbox: object): boolean | undefined {
  try {
    return SCRIPT.runInContext(sandbox, { timeout: TIMEOUT_MILLISECONDS }) as boolean;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') return undefined;
    throw error;
  }
}
