import { expect, test } from 'vitest';
import { serversOf } from '../../../../generator/src/repository/github/servers.ts';

const OWN = 'https://git.example.com';

test.each([
  [{}, 'https://github.com', 'https://api.github.com'],
  [{ GITHUB_SERVER_URL: '', GITHUB_API_URL: '' }, 'https://github.com', 'https://api.github.com'],
  [{ GITHUB_SERVER_URL: `${OWN}/` }, OWN, `${OWN}/api/v3`],
  [{ GITHUB_SERVER_URL: OWN, GITHUB_API_URL: `${OWN}/api/` }, OWN, `${OWN}/api`],
])('%j', (environment, server, api) => {
  expect(serversOf(environment)).toEqual({ server, api });
});

test.each([
  { GITHUB_SERVER_URL: 'github.com' },
  { GITHUB_API_URL: 'file:///api' },
  { GITHUB_API_URL: 'http://api.example.com' },
  { GITHUB_API_URL: 'https://ada:secret@api.example.com' },
])('%j is refused', (environment) => {
  const message = expect.not.stringContaining('secret') as string;
  expect(() => serversOf(environment)).toThrow(
    expect.objectContaining({ code: 'USAGE', message }) as Error,
  );
});
