import { UserError, type ErrorCode } from '../errors.ts';

/** What becomes of a failed run of git. */
interface Verdict {
  /** What git, built to speak English, or the server says. */
  pattern: RegExp;
  /** Is it another try's turn: because the branch has moved on, or because it may pass? */
  retry?: 'moved' | 'passing';
  code: ErrorCode;
  /** To follow the name of the target. */
  what: string;
  next: string;
}

/** The first one that fits counts. */
const VERDICTS: readonly Verdict[] = [
  {
    pattern: /Host key verification failed/,
    code: 'DENIED',
    what: 'is on a host whose key ssh does not know',
    next: 'Check the key of the host and add it to ~/.ssh/known_hosts.',
  },
  {
    pattern:
      /Authentication failed|could not read (?:Username|Password)|Permission (?:to .* )?denied|returned error: 40[13]|not granted|insufficient permission|unable to create temporary object directory/i,
    code: 'DENIED',
    what: 'does not let this login in, or not write',
    next: 'Give one that may write: GITHUB_TOKEN with `contents: write` for GitHub over https, a credential helper (git help credentials) for other servers, a key in the agent for ssh.',
  },
  {
    pattern: /exists; cannot create/,
    code: 'USAGE',
    what: 'cannot be made: git has no branch `a/b` beside a branch `a`',
    next: 'Choose another branch.',
  },
  {
    pattern:
      /\((?:fetch first|non-fast-forward|stale info|failed to update ref|reference already exists|incorrect old value provided|fatal error in commit_refs|cannot lock ref[^)]*|failed to lock[^)]*)\)|couldn't find remote ref/,
    retry: 'moved',
    code: 'BUSY',
    what: 'was changed by others each time this was to be pushed',
    next: 'Run it again when they are done.',
  },
  {
    pattern: /\[remote rejected\]/,
    code: 'DENIED',
    what: 'may not be pushed to: the server refuses it',
    next: 'Allow this login to push to the branch in the rules that protect it, or publish to another branch.',
  },
  {
    pattern:
      /not appear to be a git repository|repository .*not found|returned error: 404|update-server-info/i,
    code: 'NETWORK',
    what: 'is no git repository, or this login may not see it',
    next: 'Check the address, and that the login may read it.',
  },
  {
    pattern: /SSL certificate problem|certificate verification failed/,
    code: 'NETWORK',
    what: 'is on a server whose certificate nobody vouches for',
    next: 'Check the certificate of the server; git config http.sslCAInfo names a file of others to trust.',
  },
  {
    pattern:
      /timed out|too slow|reset by peer|early EOF|unexpected disconnect|hung up unexpectedly|Broken pipe|Empty reply|RPC failed|returned error: (?:408|429|5\d\d)/,
    retry: 'passing',
    code: 'NETWORK',
    what: 'cannot be reached',
    next: 'Try again later, or ask those who run the server.',
  },
  {
    pattern: /unable to access|resolve host|Connection refused|Network is unreachable/,
    code: 'NETWORK',
    what: 'cannot be reached',
    next: 'Check the name of the server and the connection to it.',
  },
  {
    pattern: /tell me who you are|empty ident|auto-detection is disabled/,
    code: 'TOOL_FAILED',
    what: 'needs a commit, and git does not know whose it is',
    next: 'Say it: git config --global user.name NAME, git config --global user.email ADDRESS.',
  },
  {
    pattern: /failed to sign/,
    code: 'SIGNING_FAILED',
    what: 'needs a commit, which git could not sign as commit.gpgSign asks for',
    next: 'Check that git commit works on this machine without asking for a passphrase.',
  },
];

/** How much of what git says is passed on, in characters. */
const LONGEST_OUTPUT = 2000;

/** A run of git that failed. */
export class GitFailure extends Error {
  override readonly name = 'GitFailure';
  readonly #command: string;
  /** What was printed, or the end of it. */
  readonly output: string;
  readonly #verdict: Verdict | undefined;

  /**
   * @param command `push`, for one.
   * @param output all that was printed, without secrets.
   */
  constructor(command: string, output: string) {
    super(`git ${command} failed`);
    this.#command = command;
    this.output = output.trim().slice(-LONGEST_OUTPUT);
    this.#verdict = VERDICTS.find(({ pattern }) => pattern.test(output));
  }

  get retry(): Verdict['retry'] {
    return this.#verdict?.retry;
  }

  /**
   * As a user is told of it.
   * @param target what git was to work on.
   */
  toUserError(target: string): UserError {
    const { code, what, next } = this.#verdict ?? {
      code: 'TOOL_FAILED',
      what: `could not be worked on: git ${this.#command} failed`,
      next: undefined,
    };
    const lines = this.output.split(/\s*\n\s*/).filter((line) => line !== '');
    return new UserError(code, `${target} ${what}`, {
      cause: this,
      problems: lines.map((message) => ({ message })),
      ...(next !== undefined && { next }),
    });
  }
}
