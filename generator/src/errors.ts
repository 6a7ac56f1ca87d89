/**
 * Everything that can go wrong for a user, in one table. The code is stable and part of
 * the `--json` output; the exit status tells scripts what kind of trouble it is:
 * 1 a check found something, 2 usage or invalid input, 3 environment.
 */
export const ERROR_CODES = {
  CHECK_FAILED: { exit: 1, title: 'a check found problems' },
  GENERATED_FILES_DIFFER: { exit: 1, title: 'generated files differ from their sources' },
  USAGE: { exit: 2, title: 'the command was called in a way it does not know' },
  SOURCE_INVALID: { exit: 2, title: 'the chart sources have mistakes' },
  TEMPLATE_INVALID: { exit: 2, title: 'a template has mistakes' },
  OUTPUT_NOT_OURS: { exit: 2, title: 'the output folder holds files that were not generated' },
  CHART_INVALID: { exit: 2, title: 'a chart cannot be packaged' },
  CHART_RUNAWAY: { exit: 2, title: 'Helm cannot get to the end of a chart' },
  ARCHIVE_INVALID: { exit: 2, title: 'a chart archive cannot be read' },
  INDEX_INVALID: { exit: 2, title: 'a repository index cannot be read' },
  PROVENANCE_INVALID: { exit: 1, title: 'an archive is not what its provenance file says' },
  DEPENDENCIES_INVALID: { exit: 2, title: 'dependencies of a chart are missing or cannot be had' },
  PLAN_OUTDATED: { exit: 2, title: 'a stored plan no longer fits what is published' },
  VERSION_EXISTS: { exit: 2, title: 'a version is already published with other bytes' },
  TOOL_MISSING: { exit: 3, title: 'a tool is missing' },
  TOOL_FAILED: { exit: 3, title: 'a tool failed' },
  FILE_SYSTEM: { exit: 3, title: 'a file could not be read or written' },
  SIGNING_FAILED: { exit: 3, title: 'a signature could not be made' },
  NETWORK: { exit: 3, title: 'something could not be fetched' },
  DENIED: { exit: 3, title: 'a server does not permit it' },
  BUSY: { exit: 3, title: 'something else is using it' },
} as const;

export type ErrorCode = keyof typeof ERROR_CODES;

/** One mistake: what is wrong, where, and what would be right. Lines and columns count from 1. */
export interface Problem {
  message: string;
  /** Path of the file, relative to the folder the command works on, or a URL. */
  file?: string;
  line?: number;
  column?: number;
  /** Where in the data, for example `worker.replicas`. */
  path?: string;
  /** What the rule asks for, and where the rule stands. */
  rule?: string;
  /** What to do, for example `did you mean "default"?`. */
  hint?: string;
  /** The line of the file, to show with a marker under the column. */
  excerpt?: string;
}

/** Something the user can act on. Never a bug of this program. */
export class UserError extends Error {
  override readonly name = 'UserError';
  readonly code: ErrorCode;
  readonly problems: readonly Problem[];
  /** What to do next, one sentence. */
  readonly next: string | undefined;
  /** What was done all the same. */
  readonly result: object | undefined;

  constructor(
    code: ErrorCode,
    message: string,
    details: {
      problems?: readonly Problem[];
      next?: string;
      result?: object;
      cause?: unknown;
    } = {},
  ) {
    super(message, { cause: details.cause });
    this.code = code;
    this.problems = details.problems ?? [];
    this.next = details.next;
    this.result = details.result;
  }

  get exitCode(): number {
    return ERROR_CODES[this.code].exit;
  }
}

const FILE_SYSTEM_HINTS: Partial<Record<string, string>> = {
  EACCES: 'Check who may read and write there.',
  EDQUOT: 'Free some disk space or choose another folder, then run it again.',
  ENOSPC: 'Free some disk space or choose another folder, then run it again.',
  EROFS: 'Choose a folder on a file system that can be written.',
};

/** Tells a failed system call (`error.code`, for example `ENOENT`) from other errors. */
export function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && typeof (error as NodeJS.ErrnoException).syscall === 'string';
}

/**
 * A failed system call as a {@link UserError}; any other value is returned as it is.
 * @param what what was being done, for example `writing dist/charts`.
 */
export function fileSystemError(error: unknown, what: string): unknown {
  if (!isSystemError(error)) return error;
  const next = FILE_SYSTEM_HINTS[error.code ?? ''];
  return new UserError('FILE_SYSTEM', `${what}: ${error.message}`, {
    cause: error,
    ...(next === undefined ? {} : { next }),
  });
}
