import { UserError } from '../../errors.ts';
import { withoutLogin } from '../../network/without-login.ts';
import { assertSafeUrl } from '../../network/url.ts';

const PREFIX = /^chartmuseum\+/i;

/**
 * The repository that `chartmuseum+https://host[/org/repo]` names, without a slash at its end; in
 * clear (`chartmuseum+http://…`) only on this machine.
 * @throws UserError USAGE
 */
export function parseTarget(target: string): URL {
  const text = target.replace(PREFIX, '');
  const url = URL.parse(text);
  if (url === null)
    throw new UserError('USAGE', `${JSON.stringify(withoutLogin(text))} is no URL`, {
      next: 'Write it as chartmuseum+https://charts.example.com.',
    });
  assertSafeUrl(url);
  if (url.search !== '' || url.hash !== '')
    throw new UserError('USAGE', `the address on ${url.host} has a query or a fragment in it`, {
      next: 'Leave it out: what is asked for is put right after the path.',
    });
  url.pathname = url.pathname.replace(/\/+$/, '');
  return url;
}
