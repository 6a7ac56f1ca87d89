/** How a server wants to be asked (RFC 9110 11.6.1). */
export interface Challenge {
  /** In small letters: `basic`, `bearer`. */
  scheme: string;
  parameters: ReadonlyMap<string, string>;
}

const TOKEN = String.raw`[\w!#$%&'*+.^|~\x60-]+`;
const SCHEME = new RegExp(String.raw`[\s,]*(${TOKEN})(?=[\s,]|$)`, 'y');
const PARAMETER = new RegExp(
  String.raw`[\s,]*(${TOKEN})\s*=\s*(?:"((?:[^"\\]|\\.)*)"|(${TOKEN}))(?=\s*(?:,|$))`,
  'y',
);

/** Reads a `WWW-Authenticate` header; what does not follow its form ends the reading. */
export function parseChallenges(header: string): Challenge[] {
  const challenges: Challenge[] = [];
  let at = 0;
  const next = (pattern: RegExp) => {
    pattern.lastIndex = at;
    const match = pattern.exec(header);
    if (match) at = pattern.lastIndex;
    return match;
  };
  for (let scheme = next(SCHEME); scheme; scheme = next(SCHEME)) {
    const parameters = new Map<string, string>();
    for (let found = next(PARAMETER); found; found = next(PARAMETER)) {
      const [, name = '', quoted, plain = ''] = found;
      parameters.set(name.toLowerCase(), quoted?.replaceAll(/\\(.)/g, '$1') ?? plain);
    }
    challenges.push({ scheme: scheme[1]?.toLowerCase() ?? '', parameters });
  }
  return challenges;
}
