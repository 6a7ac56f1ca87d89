import { expect, test } from 'vitest';
import { agentTrusting } from '../../../generator/src/network/agent.ts';
import { download } from '../../../generator/src/network/download.ts';
import { statusOf } from '../../../generator/src/network/failure.ts';
import { listenWithTls } from '../../support/tls.ts';
import { failureOf, listen } from './server.ts';

const LIMIT = { maxBytes: 1000 };

test('refuses a certificate that nobody vouches for, at once', async () => {
  const said: string[] = [];
  const { url } = await listenWithTls((_, response) => response.end('secure'));
  const progress = (message: string) => said.push(message);
  const error = await failureOf(download(url, { ...LIMIT, progress }));
  expect(error).toMatchObject({ code: 'NETWORK' });
  expect(error.message).toContain('self-signed certificate');
  expect(error.next).toContain('NODE_EXTRA_CA_CERTS');
  expect(said).toEqual([]);
});

test('fetches over TLS, and does not leave it', async () => {
  const inClear = await listen((_, response) => response.end('in clear'));
  const secure = await listenWithTls((_, response) => response.end('secure'));
  const { bytes } = await download(secure.url, { ...LIMIT, agent: agentTrusting(secure.caFile) });
  expect(Buffer.from(bytes).toString()).toBe('secure');
  const leaving = await listenWithTls((_, response) =>
    response.writeHead(302, { location: inClear.url.href }).end(),
  );
  const agent = agentTrusting(leaving.caFile);
  const error = await failureOf(download(leaving.url, { ...LIMIT, agent }));
  expect(error.message).toBe(`${leaving.url.href} redirects to where it would not be encrypted`);
  expect(statusOf(error)).toBe(302);
  expect(inClear.requests).toEqual([]);
});
