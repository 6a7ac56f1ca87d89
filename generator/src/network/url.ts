import { UserError } from '../errors.ts';

/** Can nothing but this machine be meant by the name of a host, an IPv6 address as it is or in brackets? */
export function isLoopbackHost(host: string): boolean {
  return /^(?:localhost|127(?:\.\d{1,3}){3}|::1|\[::1\])$/.test(host);
}

/** Is what a URL names on this machine? */
export function isLoopback({ hostname }: URL): boolean {
  return isLoopbackHost(hostname);
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
