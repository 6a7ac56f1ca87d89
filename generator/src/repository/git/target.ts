import { UserError } from '../../errors.ts';
import { assertSafeUrl } from '../../network/url.ts';
import { withoutLogin } from '../../network/without-login.ts';

/** A folder on a branch of a remote repository. */
export interface GitTarget {
  url: URL;
  branch: string;
  /** Path on the branch, `/` between folders; empty for all of it. */
  folder: string;
}

const PREFIX = 'git+';
/** What GitHub serves as pages unless told otherwise. */
const DEFAULT_BRANCH = 'gh-pages';
const PROTOCOLS = ['file:', 'http:', 'https:', 'ssh:'];
const EXAMPLE = 'Write it as git+https://github.com/owner/repository.git#gh-pages.';
/** One name in a path: not `.`, `..` or `.git`, nothing that a system reads in another way. */
const FOLDER_NAME = /^(?!\.{1,2}$|\.git$)[^\\:\p{C}]+$/iu;

function parseUrl(text: string): URL {
  const url = URL.parse(text);
  if (!url || !PROTOCOLS.includes(url.protocol))
    throw new UserError(
      'USAGE',
      `${JSON.stringify(withoutLogin(text))} is no address of a git repository`,
      {
        next: EXAMPLE,
      },
    );
  if (url.protocol.startsWith('http')) assertSafeUrl(url);
  // Neither has a meaning to git; what stands there could be a secret that reports would show.
  if (url.password !== '' || url.search !== '')
    throw new UserError('USAGE', `the address on ${url.host} has a password or a query in it`, {
      next: 'Leave it out; git asks its credential helpers, and ssh its agent.',
    });
  return url;
}

/**
 * Reads `git+<url>#<branch>:<folder>`, the url being a file, https or ssh one; the branch is
 * `gh-pages` and the folder all of it where absent. Whether git takes the name of the branch is for
 * git to say.
 * @throws UserError USAGE
 */
export function parseGitTarget(text: string): GitTarget {
  const [address = '', ...rest] = text.replace(PREFIX, '').split('#');
  const [branch = '', ...path] = rest.join('#').split(':');
  const folder = path.join(':');
  if (folder !== '' && !folder.split('/').every((name) => FOLDER_NAME.test(name)))
    throw new UserError('USAGE', `${JSON.stringify(folder)} is no folder on a branch`, {
      next: 'Write the path from the top of the branch, such as #gh-pages:charts/stable.',
    });
  return { url: parseUrl(address), branch: branch === '' ? DEFAULT_BRANCH : branch, folder };
}

/** A branch as messages show it; the address has no secrets in it. */
export function nameOfTarget({ url, branch }: GitTarget): string {
  return `${url.href}#${branch}`;
}
