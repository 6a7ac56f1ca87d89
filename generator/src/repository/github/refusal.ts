import type { RequestError } from '@octokit/request-error';
import { UserError } from '../../errors.ts';
import { networkError, RequestFailure } from '../../network/failure.ts';
import { isMapping, textField } from '../../json-object.ts';
import { printable } from '../../text.ts';

const MAX_REASON_LENGTH = 300;
const TRANSIENT_STATUSES = new Set([408, 425, 429]);

/** What GitHub says of a request that it refuses: a sentence, and codes for fields. */
function reasonOf(error: RequestError, secret: string): { reason: string; codes: string[] } {
  const data = isMapping(error.response?.data) ? error.response.data : {};
  const errors = Array.isArray(data.errors) ? data.errors.filter(isMapping) : [];
  const texts = [textField(data, 'message'), ...errors.map((item) => textField(item, 'message'))];
  const reason = texts.filter((text) => text !== '').join(': ');
  const shown = secret === '' ? reason : reason.replaceAll(secret, '…');
  const line = printable(shown.replaceAll(/\s+/g, ' ')).slice(0, MAX_REASON_LENGTH);
  return { reason: line, codes: errors.map((item) => textField(item, 'code')) };
}

/**
 * A failed request of Octokit's, without the request itself. What is there already may be there
 * because of a lost answer or another publisher: that is worth another look.
 * @param secret is left out of what the server says.
 */
export function failureOf(error: RequestError, secret: string): RequestFailure {
  const url = new URL(error.request.url);
  if (!error.response) {
    const message = `cannot be reached: ${printable(error.message)}`;
    return new RequestFailure(url, message, { isTransient: true });
  }
  const { reason, codes } = reasonOf(error, secret);
  const { status } = error;
  const retryAfter = error.response.headers['retry-after'];
  // Of a pull request it says so in words only.
  const isThere = codes.includes('already_exists') || /already exists/i.test(reason);
  const isTransient =
    status >= 500 || TRANSIENT_STATUSES.has(status) || (status === 422 && isThere);
  const what = `is answered with ${status}`;
  return new RequestFailure(url, reason === '' ? what : `${what}: ${reason}`, {
    status,
    isTransient,
    ...(typeof retryAfter === 'string' && { retryAfter }),
  });
}

/** What a token needs for a request (https://docs.github.com/rest/authentication/permissions-required-for-fine-grained-personal-access-tokens). */
function permissionFor({ url }: RequestFailure): string {
  return /\/pulls(?:\/|$)/.test(url.pathname) ? '`pull-requests: write`' : '`contents: write`';
}

/** A failed request as users are told of it, with the permission that is missing. */
export function toUserError(failure: RequestFailure, repository: string): UserError {
  const error = networkError(failure, failure.url);
  const told = (code: 'DENIED' | 'NETWORK', next: string) =>
    new UserError(code, error.message, { cause: failure, next });
  const { status } = failure;
  if (status === 429 || (status === 403 && /rate limit/i.test(failure.message)))
    return told('NETWORK', 'Run it again later: what is published by now stays.');
  if (status === 401)
    return told('DENIED', 'Give a GITHUB_TOKEN that GitHub knows and that is not over.');
  const permission = permissionFor(failure);
  if (
    status === 403 &&
    failure.message.includes('not permitted to create or approve pull requests')
  )
    return told(
      'DENIED',
      `Let GitHub Actions create pull requests in the settings of ${repository}.`,
    );
  if (status === 403)
    return told('DENIED', `Give GITHUB_TOKEN the permission ${permission} on ${repository}.`);
  if (status === 404)
    return told(
      'DENIED',
      `Check that ${repository} is there, and that GITHUB_TOKEN has the permission ${permission} on it.`,
    );
  return status === 422
    ? told('DENIED', 'See the releases and the rules for tags of the repository.')
    : error;
}
