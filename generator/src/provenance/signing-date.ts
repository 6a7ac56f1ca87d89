import type { Key } from 'openpgp';
import { sourceDate } from '../archive/source-date.ts';

/**
 * The time that a signature is to bear: what SOURCE_DATE_EPOCH asks for, where the key could sign
 * then; undefined means now. No key signs before it was made.
 * @throws UserError USAGE where SOURCE_DATE_EPOCH is no number.
 */
export async function signingDate(key: Key): Promise<Date | undefined> {
  const date = sourceDate();
  if (date === undefined) return undefined;
  return key.getSigningKey(undefined, date).then(
    () => date,
    () => undefined,
  );
}
