import { describe, expect, test } from 'vitest';
import { silent } from '../../../../generator/src/progress.ts';
import { ChartMuseumStore } from '../../../../generator/src/repository/chartmuseum/chartmuseum-store.ts';
import { listenWithTls } from '../../../support/tls.ts';
import { archiveOf } from '../../archive/fixture.ts';
import { failureOf } from '../../network/server.ts';
import { signed } from '../directory/fixture.ts';
import { FakeChartMuseum, type Intercept, isUpload, spoilUpload } from './fake.ts';

const LOGIN = { username: 'me', password: 'se:cret' };

describe('failures that pass', () => {
  const spoils: [string, Intercept][] = [
    ['the connection is cut before it is taken', (_, response) => response.destroy()],
    [
      'the connection is cut after it is taken',
      (_, response, forward) => {
        response.destroy();
        forward();
      },
    ],
    ['502', (_, response) => response.writeHead(502).end('<html>')],
    ['429', (_, response) => response.writeHead(429, { 'retry-after': '0' }).end()],
    [
      'the answer to what was taken is an error',
      (_, response, forward) => {
        response.writeHead(500).end();
        forward();
      },
    ],
    [
      'the answer to what was taken ends too soon',
      (_, response, forward) => {
        response.writeHead(500, { 'content-length': 100 }).write('{"err', () => response.destroy());
        forward();
      },
    ],
    ['nothing is kept', (_, response) => response.writeHead(201).end('{"saved":true}')],
  ];
  test.each(spoils)('%s', async (_, spoil) => {
    const archive = signed(await archiveOf());
    const fake = spoilUpload(spoil);
    const { target } = await fake.listen();
    const plan = await new ChartMuseumStore(target).publish([archive], silent);
    expect(plan).toMatchObject({ uploads: [{ name: 'demo' }], warnings: [] });
    expect(fake.files.get(archive.fileName)).toEqual(Buffer.from(archive.bytes));
    expect(fake.files.get(`${archive.fileName}.prov`)).toEqual(archive.provenance);
  });

  test('an archive that ends too soon is read again', async () => {
    const archive = await archiveOf();
    let truncated = 0;
    const fake: FakeChartMuseum = new FakeChartMuseum({
      intercept: ({ url }, response, forward) => {
        const bytes = fake.files.get(url?.replace('/charts/', '') ?? '');
        if (!bytes || truncated++ > 0) return forward();
        return response
          .writeHead(200, { 'content-length': bytes.length })
          .write(bytes.subarray(0, 10), () => response.destroy());
      },
    });
    const { target } = await fake.listen();
    await new ChartMuseumStore(target).publish([archive], silent);
    expect(truncated).toBe(2);
  });
});

describe('failures that last', () => {
  test.each([
    [401, 'DENIED', 'a login that may upload charts'],
    [403, 'DENIED', 'a login that may upload charts'],
    [404, 'NETWORK', '--disable-api'],
    [413, 'NETWORK', '--max-upload-size'],
    [507, 'NETWORK', '--max-storage-objects'],
    [400, 'NETWORK', 'Check the URL'],
    [308, 'NETWORK', 'Check the URL'],
  ])('%i is told at once, with what to do', async (status, code, next) => {
    const fake = new FakeChartMuseum({
      intercept: (request, response, forward) =>
        isUpload(request)
          ? response
              .writeHead(status, { location: 'http://127.0.0.1:1/' })
              .end('{"error":"what it\\n says"}')
          : forward(),
    });
    const { target, requests, repository } = await fake.listen();
    const error = await failureOf(
      new ChartMuseumStore(target).publish([await archiveOf()], silent),
    );
    expect(error).toMatchObject({ code, next: expect.stringContaining(next) as string });
    expect(error.message).toContain(`${repository}/api/charts is answered with ${status}`);
    expect(error.message).toContain(': what it says');
    expect(requests.filter(isUpload)).toHaveLength(1);
  });

  test('a server that keeps nothing is given up', async () => {
    const fake = new FakeChartMuseum({
      intercept: (request, response, forward) =>
        isUpload(request) ? response.writeHead(201).end() : forward(),
    });
    const { target, requests } = await fake.listen();
    const error = await failureOf(
      new ChartMuseumStore(target).publish([await archiveOf()], silent),
    );
    expect(error).toMatchObject({ code: 'NETWORK' });
    expect(error.message).toContain('demo-1.0.0.tgz was uploaded and is not there');
    expect(requests.filter(isUpload)).toHaveLength(4);
  });

  test('a server that fails for good is given up', async () => {
    const fake = new FakeChartMuseum({
      intercept: (request, response, forward) =>
        isUpload(request) ? response.writeHead(503).end('{"error":"full"}') : forward(),
    });
    const { target, requests } = await fake.listen();
    const error = await failureOf(
      new ChartMuseumStore(target).publish([await archiveOf()], silent),
    );
    expect(error.message).toContain('503 Service Unavailable: full');
    expect(requests.filter(isUpload)).toHaveLength(4);
  });

  test('what is no ChartMuseum is told', async () => {
    const fake = new FakeChartMuseum({ intercept: (_, response) => response.end('<html>') });
    const { target } = await fake.listen();
    const error = await failureOf(new ChartMuseumStore(target).plan([await archiveOf()]));
    expect(error).toMatchObject({ code: 'NETWORK' });
    expect(error.message).toContain('does not answer as ChartMuseum does');
  });
});

describe('logins', () => {
  test('go with every request', async () => {
    const fake = new FakeChartMuseum({ credentials: LOGIN });
    const { target } = await fake.listen();
    const options = { credentials: LOGIN };
    await new ChartMuseumStore(target, options).publish([signed(await archiveOf())], silent);
    expect(fake.files.size).toBe(2);
  });

  test.each([[undefined], [{ username: 'me', password: 'wrong-secret' }]])(
    'that are missing or wrong are told without showing them',
    async (credentials) => {
      const fake = new FakeChartMuseum({ credentials: LOGIN });
      const { target } = await fake.listen();
      const said: string[] = [];
      const store = new ChartMuseumStore(target, credentials ? { credentials } : {});
      const error = await failureOf(
        store.publish([await archiveOf()], (message) => said.push(message)),
      );
      expect(error).toMatchObject({
        code: 'DENIED',
        next: 'Give the user name and the password of a login that may read charts there.',
      });
      expect(error.message).toContain('401 Unauthorized');
      const shown = JSON.stringify([error, error.message, error.stack, said]);
      expect(shown).not.toContain('wrong-secret');
      expect(shown).not.toContain(Buffer.from('me:wrong-secret').toString('base64'));
    },
  );

  test('do not go where a redirect leads, nor does an upload', async () => {
    const elsewhere = await new FakeChartMuseum().listen();
    const fake = new FakeChartMuseum({
      intercept: (request, response) =>
        response.writeHead(307, { location: new URL(request.url ?? '', elsewhere.url).href }).end(),
    });
    const { target } = await fake.listen();
    const store = new ChartMuseumStore(target, { credentials: LOGIN });
    const error = await failureOf(store.publish([await archiveOf()], silent));
    expect(error.message).toContain('is answered with 307');
    expect(elsewhere.requests.length).toBeGreaterThan(0);
    expect(elsewhere.requests.filter(isUpload)).toEqual([]);
    expect(elsewhere.requests.flatMap(({ headers }) => headers.authorization ?? [])).toEqual([]);
  });
});

describe('a certificate that the system does not trust', () => {
  test('is trusted where its authority is named, for reading and writing', async () => {
    const fake = new FakeChartMuseum();
    const { url, caFile } = await listenWithTls(fake.listener);
    await new ChartMuseumStore(`chartmuseum+${url.origin}`, { caFile }).publish(
      [await archiveOf()],
      silent,
    );
    expect(fake.files.size).toBe(1);
  });

  test('is refused else', async () => {
    const { url } = await listenWithTls(new FakeChartMuseum().listener);
    const store = new ChartMuseumStore(`chartmuseum+${url.origin}`);
    const error = await failureOf(store.plan([await archiveOf()]));
    expect(error.message).toContain('self-signed certificate');
  });

  test('a file of authorities that is not there is told', async () => {
    const store = new ChartMuseumStore('chartmuseum+https://localhost', { caFile: 'missing.pem' });
    const error = await failureOf(store.plan([await archiveOf()]));
    expect(error).toMatchObject({ code: 'FILE_SYSTEM' });
  });
});
