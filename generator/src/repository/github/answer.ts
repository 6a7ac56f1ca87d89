import { isMapping } from '../../json-object.ts';
import { UserError } from '../../errors.ts';

/**
 * An object of an answer of GitHub's that is known by a number.
 * @throws UserError NETWORK for what is none.
 */
export function numberedObject<Field extends string>(
  value: unknown,
  field: Field,
): Record<string, unknown> & Record<Field, number> {
  if (isMapping(value) && typeof value[field] === 'number')
    return value as Record<string, unknown> & Record<Field, number>;
  throw new UserError('NETWORK', 'the server does not answer as GitHub does', {
    next: 'Check GITHUB_API_URL: it is https://api.github.com, or https://HOST/api/v3 of GitHub Enterprise.',
  });
}
