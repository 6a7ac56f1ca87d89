import { UserError } from '../errors.ts';
import { withoutLogin } from '../network/without-login.ts';

/** A place in a registry: `oci://<registry>/<path>`. */
export interface RegistryReference {
  /** Host and port as the user writes them; logins are stored under this name. */
  registry: string;
  /** Below it, without slashes at the ends; may be empty. */
  path: string;
}

const TARGET =
  /^oci:\/\/(?<registry>[a-z\d.-]+(?::\d{1,5})?|\[[\da-f:]+\](?::\d{1,5})?)(?<path>\/[^?#]*)?$/i;
/** The names and tags of the distribution specification (Pulling manifests). */
const COMPONENT = '[a-z\\d]+(?:(?:[._]|__|-+)[a-z\\d]+)*';
const REPOSITORY = new RegExp(`^${COMPONENT}(?:/${COMPONENT})*$`);
const TAG = /^\w[\w.-]{0,127}$/;
const MAX_REPOSITORY_LENGTH = 255;

export function isRepositoryName(name: string): boolean {
  return name.length <= MAX_REPOSITORY_LENGTH && REPOSITORY.test(name);
}

export function isTag(text: string): boolean {
  return TAG.test(text);
}

/**
 * Reads `oci://host[:port][/path]`.
 * @throws UserError USAGE
 */
export function parseReference(target: string): RegistryReference {
  const { registry = '', path: rest = '' } = TARGET.exec(target)?.groups ?? {};
  const path = rest.replaceAll(/^\/+|\/+$/g, '');
  if (registry === '' || (path !== '' && !isRepositoryName(path)))
    throw new UserError('USAGE', `${withoutLogin(target)} names no place in a registry`, {
      next: 'Write it as oci://registry.example.com/charts, in small letters, without a login and without the name and version of a chart.',
    });
  return { registry, path };
}
