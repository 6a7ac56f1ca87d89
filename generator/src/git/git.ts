import semver from 'semver';
import { isSystemError, UserError } from '../errors.ts';
import { run } from '../process.ts';
import type { GitEnvironment } from './environment.ts';
import { GitFailure } from './failure.ts';

/** The first that has all that is asked of it: `git add --sparse`, settings by the environment. */
const OLDEST_GIT = '2.34.0';
const TIMEOUT_MILLISECONDS = 600_000;

/**
 * Runs git with some arguments, none of them a secret.
 * @returns what it printed, without the last line end.
 * @throws GitFailure when it fails; UserError TOOL_FAILED when it cannot be run or does not end.
 */
export type Git = (...args: string[]) => Promise<string>;

/** Takes secrets, and logins in the addresses that git may have from its configuration, out of a text. */
function redact(text: string, secrets: readonly string[]): string {
  const redacted = secrets.reduce((rest, secret) => rest.replaceAll(secret, '…'), text);
  return redacted.replaceAll(/(?<=:\/\/)[^\s'"]*@/g, '…@');
}

/** Git in a folder and an environment. */
export function gitIn(cwd: string, { variables, secrets }: GitEnvironment): Git {
  return async (...args) => {
    const options = { cwd, environment: variables, timeout: TIMEOUT_MILLISECONDS };
    const { exitCode, stdout, stderr } = await run('git', args, options);
    if (exitCode === 0) return stdout.trimEnd();
    throw new GitFailure(args[0] ?? '', redact(`${stdout}\n${stderr}`, secrets));
  };
}

/**
 * Checks that git is there and new enough.
 * @throws UserError TOOL_MISSING
 */
export async function requireGit(git: Git): Promise<void> {
  const answer = await git('version').catch((error: unknown) => {
    const cause = error instanceof UserError ? error.cause : undefined;
    if (isSystemError(cause) && cause.code === 'ENOENT') return 'is not there';
    throw error;
  });
  const version = semver.coerce(answer);
  if (version && semver.gte(version, OLDEST_GIT)) return;
  const found = version ? `it is ${version.version}` : 'it is not there';
  throw new UserError('TOOL_MISSING', `git ${OLDEST_GIT} or a newer one is needed: ${found}`, {
    next: 'Install it (https://git-scm.com/downloads, check with: git version).',
  });
}
