import { UserError } from '../errors.ts';

function encodePath(path: string): string {
  // A plus stands in many versions and means itself in a path.
  return path
    .split('/')
    .map((part) => encodeURIComponent(part).replaceAll('%2B', '+'))
    .join('/');
}

/**
 * Where a repository will be found, as a person wrote it.
 * @throws UserError USAGE for anything but an absolute http or https URL, and for one with a login.
 */
export function parseBaseUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url && ['http:', 'https:'].includes(url.protocol)) {
    if (url.username === '' && url.password === '') return url;
    throw new UserError('USAGE', `the URL of ${url.host} has a login in it, which all could read`, {
      next: 'Leave it out of --url: whoever adds the repository gives it, with `helm repo add --username`.',
    });
  }
  throw new UserError('USAGE', `${JSON.stringify(text)} is no http or https URL`, {
    next: 'Give one such as --url https://example.com/charts.',
  });
}

/**
 * What the index says of where a file is: below `base`, or relative to the index without one.
 * @param path relative to the repository, `/` between folders.
 */
export function chartUrl(path: string, base: URL | undefined): string {
  if (base === undefined) return encodePath(path);
  const url = new URL(base);
  url.pathname = `${url.pathname.replace(/\/+$/, '')}/${encodePath(path)}`;
  return url.href;
}
