import { UserError } from '../errors.ts';

function encodePath(path: string): string {
  // A plus stands in many versions and means itself in a path.
  return path
    .split('/')
    .map((part) => encodeURIComponent(part).replaceAll('%2B', '+'))
    .join('/');
}

/**
 * What the index says of where a file is: below `base`, or relative to the index without one.
 * @param path relative to the repository, `/` between folders.
 * @throws UserError USAGE where `base` is not an absolute URL.
 */
export function chartUrl(path: string, base: string | undefined): string {
  if (base === undefined) return encodePath(path);
  if (!URL.canParse(base))
    throw new UserError('USAGE', `${base} is not a URL such as https://example.com/charts`);
  const url = new URL(base);
  url.pathname = `${url.pathname.replace(/\/+$/, '')}/${encodePath(path)}`;
  return url.href;
}
