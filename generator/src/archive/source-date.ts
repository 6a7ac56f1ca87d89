import { UserError } from '../errors.ts';

/** The last second that a tar header has room for, in the year 2242. */
const MAX_SECONDS = 0o77777777777;

/**
 * The time that SOURCE_DATE_EPOCH asks for, undefined where it is not set.
 * See https://reproducible-builds.org/specs/source-date-epoch/.
 * @throws UserError USAGE where it is no whole number of seconds, or one that archives cannot hold.
 */
export function sourceDate(value = process.env.SOURCE_DATE_EPOCH): Date | undefined {
  if (value === undefined || value === '') return undefined;
  const seconds = /^\d+$/.test(value) ? Number(value) : NaN;
  if (Number.isNaN(seconds))
    throw new UserError('USAGE', `SOURCE_DATE_EPOCH is not a whole number of seconds: ${value}`);
  if (seconds > MAX_SECONDS)
    throw new UserError('USAGE', `SOURCE_DATE_EPOCH is above ${MAX_SECONDS}: ${value}`);
  return new Date(seconds * 1000);
}
