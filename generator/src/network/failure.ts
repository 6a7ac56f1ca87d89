import { UserError } from '../errors.ts';
import { nameOfUrl } from './url.ts';

/** Why a request did not bring what it was for. */
export class RequestFailure extends Error {
  override readonly name = 'RequestFailure';
  /** What was asked for last, after redirects. */
  readonly url: URL;
  /** Of the answer; undefined where there was none. */
  readonly status: number | undefined;
  readonly isTransient: boolean;
  /** The header of the answer, as it is. */
  readonly retryAfter: string | undefined;

  constructor(
    url: URL,
    message: string,
    details: { status?: number; isTransient?: boolean; retryAfter?: string; cause?: unknown } = {},
  ) {
    super(message, { cause: details.cause });
    this.url = url;
    this.status = details.status;
    this.isTransient = details.isTransient ?? false;
    this.retryAfter = details.retryAfter;
  }
}

/** The HTTP status that a download failed with; undefined where there was no answer. */
export function statusOf(error: unknown): number | undefined {
  const cause = error instanceof UserError ? error.cause : undefined;
  return cause instanceof RequestFailure ? cause.status : undefined;
}

/** OpenSSL's verdicts on certificates, `CERT_HAS_EXPIRED`, and Node's on the name in one. */
export function isCertificateError(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return /CERT|^UNABLE_TO|^ERR_TLS|^ERR_SSL|^EPROTO$/.test(code);
}

function adviceOn({ status, cause }: RequestFailure): string {
  if (isCertificateError(cause))
    return 'Check the certificate of the server; NODE_EXTRA_CA_CERTS names a file of others to trust.';
  if (status === undefined) return 'Check the name of the server and the connection to it.';
  if (status === 401 || status === 403) return 'Check that the login may read it.';
  if (status === 429 || status >= 500) return 'Try again later, or ask those who run the server.';
  return 'Check the URL.';
}

/**
 * A failure as users are told of it, `RequestFailure` being the cause.
 * @param wanted what was to be fetched; where redirects led elsewhere, that is named too.
 */
export function networkError(failure: RequestFailure, wanted: URL): UserError {
  const name = nameOfUrl(wanted);
  const last = nameOfUrl(failure.url);
  const way = last === name ? '' : ` (redirected to ${last})`;
  return new UserError('NETWORK', `${name}${way} ${failure.message}`, {
    cause: failure,
    next: adviceOn(failure),
  });
}
