import { UserError } from '../errors.ts';

/**
 * The time that SOURCE_DATE_EPOCH asks for, undefined where it is not set.
 * See https://reproducible-builds.org/specs/source-date-epoch/.
 * @throws UserError USAGE where it is no whole number of seconds.
 */
export function sourceDate(value = process.env.SOURCE_DATE_EPOCH): Date | undefined {
  if (value === undefined || value === '') return undefined;
  const date = new Date(/^\d+$/.test(value) ? Number(value) * 1000 : NaN);
  if (Number.isNaN(date.getTime()))
    throw new UserError('USAGE', `SOURCE_DATE_EPOCH is not a whole number of seconds: ${value}`);
  return date;
}
