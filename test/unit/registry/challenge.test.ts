import { expect, test } from 'vitest';
import { parseChallenges } from '../../../generator/src/registry/challenge.ts';
import { endsSoon } from '../../support/ends-soon.ts';

test.each([
  ['Basic realm="a registry"', [['basic', { realm: 'a registry' }]]],
  [
    'Bearer realm="https://auth.example.com/token",service="registry",scope="repository:a/b:pull,push"',
    [
      [
        'bearer',
        {
          realm: 'https://auth.example.com/token',
          service: 'registry',
          scope: 'repository:a/b:pull,push',
        },
      ],
    ],
  ],
  [
    String.raw`Negotiate, bearer Realm = "say \"it\"" , error=invalid_token, Basic realm=x`,
    [
      ['negotiate', {}],
      ['bearer', { realm: 'say "it"', error: 'invalid_token' }],
      ['basic', { realm: 'x' }],
    ],
  ],
  ['Bearer realm="not closed', [['bearer', {}]]],
  ['', []],
  ['="', []],
])('reads %s', (header, expected) => {
  const read = parseChallenges(header).map(({ scheme, parameters }) => [
    scheme,
    Object.fromEntries(parameters),
  ]);
  expect(read).toEqual(expected);
});

test('a hostile header does not take long', () => {
  for (const rest of [`${' ,'.repeat(8000)}"`, `a="${'\\'.repeat(16_000)}`])
    expect(endsSoon(() => parseChallenges(`Bearer ${rest}`))).toHaveLength(1);
});
