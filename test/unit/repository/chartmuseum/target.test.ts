import { expect, test } from 'vitest';
import type { UserError } from '../../../../generator/src/errors.ts';
import { parseTarget } from '../../../../generator/src/repository/chartmuseum/target.ts';
import { openStore } from '../../../../generator/src/repository/open-store.ts';
import { failureOf } from '../../network/server.ts';

test.each([
  ['chartmuseum+https://charts.example.com', 'https://charts.example.com/'],
  ['chartmuseum+https://charts.example.com/org/repo/', 'https://charts.example.com/org/repo'],
  ['ChartMuseum+HTTPS://Charts.example.com:8443//', 'https://charts.example.com:8443/'],
  ['chartmuseum+http://localhost:8080', 'http://localhost:8080/'],
])('%s is at %s', (target, url) => {
  expect(parseTarget(target).href).toBe(url);
});

test.each([
  ['chartmuseum+http://charts.example.com', 'https://'],
  ['chartmuseum+ftp://charts.example.com', 'no http or https URL'],
  ['chartmuseum+https://me:secret@charts.example.com', 'has a login in it'],
  ['chartmuseum+https://me:secret@', 'is no URL'],
  ['chartmuseum+https://charts.example.com?token=secret', 'a query or a fragment'],
  ['chartmuseum+https://charts.example.com#secret', 'a query or a fragment'],
])('refuses %s and shows no secret', async (target, message) => {
  const error: UserError = await failureOf(openStore(target, {}));
  expect(error).toMatchObject({ code: 'USAGE' });
  expect(`${error.message} ${error.next}`).toContain(message);
  expect(error.message).not.toContain('secret');
});

test('takes no --url, and shows no secret either', async () => {
  const target = 'chartmuseum+https://me:secret@charts.example.com';
  const error = await failureOf(openStore(target, { url: 'https://example.com' }));
  expect(error).toMatchObject({ code: 'USAGE' });
  expect(error.message).toContain('--url');
  expect(error.message).not.toContain('secret');
});
