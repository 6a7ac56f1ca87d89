import { UserError } from '../errors.ts';

/** Is what a URL names on this machine? */
export function isLoopback({ hostname }: URL): boolean {
  return /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(hostname);
}

/** A URL as messages show it: a login or a query can hold secrets, signed addresses for one. */
export function nameOfUrl({ origin, pathname, search }: URL): string {
  return `${origin}${pathname}${search === '' ? '' : '?…'}`;
}

/**
 * Refuses what must not be fetched: what goes over the network is encrypted, and logins do not
 * stand in URLs, which reports and logs show.
 * @throws UserError USAGE
 */
export function assertSafeUrl(url: URL): void {
  const name = nameOfUrl(url);
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    throw new UserError('USAGE', `${url.protocol}//${url.host} is no http or https URL`);
  if (url.username !== '' || url.password !== '')
    throw new UserError('USAGE', `the URL ${name} has a login in it, which reports would show`, {
      next: 'Give the login apart from the URL.',
    });
  if (url.protocol === 'http:' && !isLoopback(url))
    throw new UserError('USAGE', `${name} is not on this machine: it takes TLS`, {
      next: 'Write https:// in place of http://.',
    });
}
