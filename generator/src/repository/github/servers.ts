import { UserError } from '../../errors.ts';
import { assertSafeUrl } from '../../network/url.ts';

const GITHUB = { server: 'https://github.com', api: 'https://api.github.com' };

/** Where GitHub is, or GitHub Enterprise; both without a slash at the end. */
export interface Servers {
  /** Of repositories and downloads. */
  server: string;
  api: string;
}

function parseServer(text: string, name: string): string {
  const url = URL.parse(text);
  if (url?.protocol.startsWith('http') !== true)
    throw new UserError('USAGE', `${name} is no http or https URL`, {
      next: `Unset it for ${GITHUB.server}, or set it to the address of a GitHub Enterprise server.`,
    });
  assertSafeUrl(url);
  return url.href.replace(/\/+$/, '');
}

/**
 * The servers that GITHUB_SERVER_URL and GITHUB_API_URL name, as actions set them
 * (https://docs.github.com/actions/reference/workflows-and-actions/variables). A token for a server
 * of one's own is not sent to GitHub where only the first is set.
 * @throws UserError USAGE
 */
export function serversOf({ GITHUB_SERVER_URL, GITHUB_API_URL }: NodeJS.ProcessEnv): Servers {
  const server = parseServer(orElse(GITHUB_SERVER_URL, GITHUB.server), 'GITHUB_SERVER_URL');
  const usual = server === GITHUB.server ? GITHUB.api : `${server}/api/v3`;
  return { server, api: parseServer(orElse(GITHUB_API_URL, usual), 'GITHUB_API_URL') };
}

function orElse(text: string | undefined, usual: string): string {
  return text === undefined || text === '' ? usual : text;
}
