import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import { archiveOf } from '../../../archive/fixture.ts';
import { listen } from '../../../network/server.ts';
import {
  clearSigned,
  entryOf,
  indexText,
  repositoryOf,
  said,
  serving,
  verify,
  type Files,
} from './fixture.ts';

/** The paths that a server was asked for. */
function asked({ requests }: Awaited<ReturnType<typeof listen>>): string[] {
  return requests.map(({ url = '' }) => url).toSorted();
}

test('finds nothing in a whole repository, by its URL or that of its index', async () => {
  const { files, entries } = await repositoryOf('1.1.0', '1.0.0+1');
  files.set(
    'archive/index.yaml',
    indexText([{ ...entryOf(await archiveOf('old', '1.0.0')), urls: ['../old-1.0.0.tgz'] }]),
  );
  files.set('old-1.0.0.tgz', (await archiveOf('old', '1.0.0')).bytes);
  const { url } = await listen(serving(files, '/charts/'));
  for (const path of ['charts', 'charts/', 'charts/index.yaml'])
    expect(await verify(`${url.href}${path}`)).toEqual({
      repository: `${url.href}charts/`,
      listed: entries.length + 1,
      checked: entries.length + 1,
      signed: 0,
      findings: [],
    });
});

test('finds archives that are missing, changed or cut off, and those the server does not give', async () => {
  const { files } = await repositoryOf('1.4.0', '1.3.0', '1.2.0', '1.1.0', '1.0.0');
  files.delete('demo-1.4.0.tgz');
  files.set('demo-1.3.0.tgz', (await archiveOf('demo', '1.3.0', 'b: 1\n')).bytes);
  files.set('demo-1.2.0.tgz', files.get('demo-1.2.0.tgz')?.slice(0, -20) ?? '');
  let attempts = 0;
  const { url } = await listen((request, response) => {
    if (request.url === '/demo-1.1.0.tgz') response.writeHead(400).end();
    else if (request.url === '/demo-1.0.0.tgz' && ++attempts < 3) response.writeHead(500).end();
    else serving(files)(request, response);
  });
  const report = await verify(url.href);
  expect(report.findings.map(({ rule, version }) => [rule, version])).toEqual([
    ['missing-archive', '1.4.0'],
    ['other-digest', '1.3.0'],
    ['invalid-archive', '1.2.0'],
    ['missing-archive', '1.1.0'],
  ]);
  expect(report.findings[0]).toMatchObject({
    file: `${url.href}index.yaml`,
    line: 4,
    message: `${url.href}demo-1.4.0.tgz is answered with 404 Not Found`,
  });
  expect(attempts).toBe(3);
});

test('follows redirects to other servers, and sends them no login', async () => {
  const { files, archives } = await repositoryOf('1.0.0');
  const elsewhere = await listen(serving(files));
  const { url, requests } = await listen((request, response) => {
    if (request.url === '/index.yaml') response.end(files.get('index.yaml'));
    else
      response.writeHead(302, { location: new URL(request.url ?? '', elsewhere.url).href }).end();
  });
  const credentials = { username: 'me', password: 'secret' };
  expect((await verify(url.href, { credentials })).findings).toEqual([]);
  expect(requests.every(({ headers }) => headers.authorization !== undefined)).toBe(true);
  expect(elsewhere.requests.some(({ headers }) => headers.authorization !== undefined)).toBe(false);
  const absolute = archives.map((archive) =>
    entryOf(archive, { urls: [new URL(archive.fileName, elsewhere.url).href] }),
  );
  files.set('index.yaml', indexText(absolute));
  expect((await verify(url.href, { credentials })).findings).toEqual([]);
  expect(elsewhere.requests.some(({ headers }) => headers.authorization !== undefined)).toBe(false);
});

test('takes the query of the repository to its files, as Helm does, and keeps it to itself', async () => {
  const { files } = await repositoryOf('1.0.0');
  const server = await listen((request, response) => {
    if (request.url?.endsWith('?token=secret')) serving(files)(request, response);
    else response.writeHead(403).end();
  });
  const report = await verify(`${server.url.href}?token=secret`);
  expect(report.findings).toEqual([]);
  expect(JSON.stringify(report)).not.toContain('secret');
});

test('tells what it does not fetch', async () => {
  const { files, archives } = await repositoryOf('1.0.0');
  const urls = [
    'oci://example.com/demo:1.0.0',
    'http://example.com/demo-1.0.0.tgz',
    'https://me:secret@example.com/demo-1.0.0.tgz',
    'ftp://example.com/demo-1.0.0.tgz',
    'https://[',
  ];
  files.set('index.yaml', indexText(archives.map((archive) => entryOf(archive, { urls }))));
  const { url } = await listen(serving(files));
  const report = await verify(url.href);
  expect(said(report)).toEqual(
    ['missing-archive', ...Array<string>(4).fill('unchecked-archive')].map(
      (rule) => `warning ${rule} demo 1.0.0 4`,
    ),
  );
  expect(JSON.stringify(report)).not.toContain('secret');
});

test('asks for provenance files where the newest version of the chart has one', async () => {
  const { files, archives } = await repositoryOf('1.1.0', '1.0.0');
  const server = await listen(serving(files));
  await verify(server.url.href);
  expect(asked(server).filter((path) => path.endsWith('.prov'))).toEqual(['/demo-1.1.0.tgz.prov']);
  for (const { fileName, digest } of archives)
    files.set(`${fileName}.prov`, clearSigned(`files:\n  ${fileName}: sha256:${digest}`));
  expect(await verify(server.url.href)).toMatchObject({ signed: 2, findings: [] });
  files.set('demo-1.0.0.tgz.prov', files.get('demo-1.1.0.tgz.prov') ?? '');
  expect(said(await verify(server.url.href))).toEqual([
    expect.stringMatching('error invalid-provenance demo 1.0.0'),
  ]);
});

test('asks for all provenance files where it is told to', async () => {
  const { files } = await repositoryOf('1.1.0', '1.0.0');
  files.set('demo-1.0.0.tgz.prov', '\uFEFF\n<html>there is no such page</html>');
  const server = await listen(serving(files));
  expect(await verify(server.url.href, { allProvenance: true })).toMatchObject({
    signed: 0,
    findings: [],
  });
  expect(asked(server).filter((path) => path.endsWith('.prov'))).toHaveLength(2);
});

test('fetches as many at a time as it is told to', async () => {
  const versions = Array.from({ length: 12 }, (_, minor) => `1.${minor}.0`);
  const { files } = await repositoryOf(...versions);
  const three = new EventEmitter();
  let underWay = 0;
  let most = 0;
  const { url } = await listen((request, response) => {
    const answer = () => {
      underWay -= 1;
      serving(files)(request, response);
    };
    most = Math.max(most, ++underWay);
    if (request.url?.endsWith('.tgz') !== true) answer();
    // The first ones wait for one another, and then a moment for a fourth that must not come.
    else if (most < 3) three.once('asked', answer);
    else
      setTimeout(() => {
        three.emit('asked');
        answer();
      }, 20);
  });
  expect((await verify(url.href, { concurrency: 3 })).findings).toEqual([]);
  expect(most).toBe(3);
});

test('gives up when the server goes away', async () => {
  const versions = Array.from({ length: 6 }, (_, minor) => `1.${minor}.0`);
  const { files } = await repositoryOf(...versions);
  const { url } = await listen((request, response) => {
    if (request.url?.endsWith('.tgz') === true) response.destroy();
    else serving(files)(request, response);
  });
  await expect(verify(url.href, { concurrency: 3 })).rejects.toMatchObject({ code: 'NETWORK' });
});

test('passes over other servers that do not answer', async () => {
  const versions = Array.from({ length: 6 }, (_, minor) => `1.${minor}.0`);
  const { files, archives } = await repositoryOf(...versions);
  const dead = archives.map((archive) =>
    entryOf(archive, { urls: [`http://127.0.0.1:1/${archive.fileName}`] }),
  );
  files.set('index.yaml', indexText(dead));
  const server = await listen(serving(files));
  const report = await verify(server.url.href, { concurrency: 1 });
  expect(report.findings.map(({ rule }) => rule)).toEqual(Array(6).fill('missing-archive'));
  expect(
    report.findings.filter(({ message }) => message.includes('its server is silent')),
  ).toHaveLength(3);
});

test('says that there is no index', async () => {
  const { url } = await listen(serving(new Map() as Files));
  await expect(verify(url.href)).rejects.toMatchObject({
    code: 'NETWORK',
    message: `${url.href}index.yaml is answered with 404 Not Found`,
  });
});

test.each([
  'http://example.com/charts',
  'https://me:secret@example.com',
  'oci://example.com/charts',
  'https://',
])('refuses %s', async (target) => {
  await expect(verify(target)).rejects.toMatchObject({
    code: 'USAGE',
    message: expect.not.stringContaining('secret') as string,
  });
});
