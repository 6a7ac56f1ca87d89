import { createHash, timingSafeEqual } from 'node:crypto';
import { UserError } from '../../errors.ts';
import type { Credentials } from '../../network/request.ts';

export const CHALLENGE = 'Basic realm="charts", charset="UTF-8"';

/**
 * Refuses credentials that no client can send, or that protect nothing.
 * @throws UserError USAGE
 */
export function requireUsable({ username, password }: Credentials): void {
  const controls = /\p{Cc}/u;
  if (username === '' || username.includes(':') || controls.test(username)) {
    throw new UserError('USAGE', 'the user name is empty, or has a colon or a control character', {
      next: 'HTTP authentication can carry neither; choose another name.',
    });
  }
  if (password === '' || controls.test(password)) {
    throw new UserError('USAGE', 'the password is empty, or more than one line', {
      next: 'Put the password into the file as its only line.',
    });
  }
}

/** Does an `Authorization` header carry these credentials? Takes as long for a near miss as for a far one. */
export function isAuthorized(header: string | undefined, wanted: Credentials): boolean {
  const [, encoded = ''] = /^basic +([A-Za-z0-9+/=_-]+) *$/i.exec(header ?? '') ?? [];
  const given = Buffer.from(encoded, 'base64');
  return timingSafeEqual(digest(given), digest(`${wanted.username}:${wanted.password}`));
}

/** Comparing needs equal lengths, and must not tell the length of the password. */
function digest(data: Buffer | string): Buffer {
  return createHash('sha256').update(data).digest();
}
