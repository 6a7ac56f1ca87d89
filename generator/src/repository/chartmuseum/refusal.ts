import type { IncomingMessage } from 'node:http';
import { UserError } from '../../errors.ts';
import { RequestFailure, statusOf } from '../../network/failure.ts';
import { readBody, statusFailure } from '../../network/transport.ts';
import { jsonObject, textField } from '../../json-object.ts';
import { printable } from '../../text.ts';

const MAX_ANSWER_SIZE = 1024 * 1024;
const MAX_REASON_LENGTH = 300;

/** An answer that is no success, with what the server says of it. */
export async function failureOf(url: URL, response: IncomingMessage): Promise<RequestFailure> {
  const failure = statusFailure(url, response);
  const answer = jsonObject(await readBody(url, response, MAX_ANSWER_SIZE)) ?? {};
  const reason = printable(textField(answer, 'error').replaceAll(/\s+/g, ' '));
  if (reason === '') return failure;
  const { message, status, isTransient, retryAfter } = failure;
  return new RequestFailure(url, `${message}: ${reason.slice(0, MAX_REASON_LENGTH)}`, {
    isTransient,
    ...(status !== undefined && { status }),
    ...(retryAfter !== undefined && { retryAfter }),
  });
}

/** What to do about a status that says something particular here. */
function adviceOn(status: number | undefined, action: 'read' | 'upload'): string | undefined {
  if (status === 401 || status === 403)
    return `Give the user name and the password of a login that may ${action} charts there.`;
  if (status === 404 || status === 405)
    return 'Check the URL: it is the one given to helm repo add, and the API must not be switched off (--disable-api).';
  if (status === 413)
    return 'Ask those who run the server to take larger charts (--max-upload-size, and proxies before it).';
  if (status === 507)
    return 'Ask those who run the server for room for more charts (--max-storage-objects).';
  return undefined;
}

/** A failed request as users are told of it, with the permission that is missing. */
export function withAdvice(error: UserError, action: 'read' | 'upload'): UserError {
  const status = statusOf(error);
  const code = status === 401 || status === 403 ? 'DENIED' : error.code;
  const next = adviceOn(status, action) ?? error.next;
  return new UserError(code, error.message, {
    cause: error.cause,
    ...(next !== undefined && { next }),
  });
}
