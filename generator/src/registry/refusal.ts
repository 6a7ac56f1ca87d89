import { UserError } from '../errors.ts';
import { printable } from '../text.ts';
import { isMapping, jsonObject, textField } from '../json-object.ts';
import type { RegistryResponse } from './session.ts';

/** What was to be done, and by whom. */
export interface Attempted {
  /** To follow "refuses to": `push to`. */
  action: string;
  registry: string;
  repository: string;
  hasLogin: boolean;
}

const MAX_REASON_LENGTH = 300;

/** What a registry says of an error, by the distribution specification (Error codes). */
function reasonOf({ status, body }: RegistryResponse): string {
  const { errors } = { errors: undefined, ...jsonObject(body) };
  const told = (Array.isArray(errors) ? errors : [])
    .filter(isMapping)
    .map((error) =>
      [textField(error, 'code'), textField(error, 'message')]
        .filter((text) => text !== '')
        .join(': '),
    );
  return printable([status, ...told].join(' '))
    .replaceAll('\n', ' ')
    .slice(0, MAX_REASON_LENGTH);
}

/** Does a status say that the user may not? */
export function isDenial(status: number | undefined): boolean {
  return status === 401 || status === 403;
}

/** What to do about a status. */
function adviceOn(status: number, { action, registry, repository, hasLogin }: Attempted): string {
  if (status === 401 && !hasLogin)
    return `Log in first: helm registry login ${registry}, or give a user name and a password.`;
  if (isDenial(status))
    return `Log in as a user who may ${action} ${repository}: helm registry login ${registry}.`;
  if (status === 404)
    return `Create the repository ${repository} first, where the registry does not do so by itself.`;
  if (status === 413) return 'Ask those who run the registry to take larger charts.';
  return 'Check the address, and ask those who run the registry.';
}

/** A lasting refusal of a registry as users are told of it: DENIED, or NETWORK. */
export function refusal(response: RegistryResponse, attempted: Attempted): UserError {
  const { action, registry, repository } = attempted;
  return new UserError(
    isDenial(response.status) ? 'DENIED' : 'NETWORK',
    `${registry} refuses to ${action} ${repository}: ${reasonOf(response)}`,
    { next: adviceOn(response.status, attempted) },
  );
}
