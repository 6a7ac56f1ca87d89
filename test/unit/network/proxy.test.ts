import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { silent } from '../../../generator/src/progress.ts';
import { proxySettings } from '../../../generator/src/network/proxy.ts';
import { RegistryClient } from '../../../generator/src/registry/client.ts';
import { readManifest } from '../../../generator/src/registry/manifests.ts';
import { listenWithTls } from '../../support/tls.ts';
import { failureOf } from './server.ts';

const CHILD = fileURLToPath(new URL('download-child.ts', import.meta.url));
/** Nobody knows the way there but the proxy. */
const HOST = 'registry.test';

/** A proxy that leads to this machine, whatever is asked for; what it was asked. */
async function startProxy() {
  const asked: string[] = [];
  const server = createServer().on('connect', ({ url = '' }, socket, head) => {
    asked.push(url);
    const target = connect(Number(url.split(':')[1]), 'localhost', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      target.write(head);
      target.pipe(socket).pipe(target);
    });
    for (const end of [socket, target]) end.on('error', () => target.destroy());
    onTestFinished(() => void target.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  return { asked, proxy: `127.0.0.1:${port}` };
}

beforeEach(() => {
  for (const name of ['HTTPS_PROXY', 'https_proxy', 'NO_PROXY', 'no_proxy'])
    vi.stubEnv(name, undefined);
  return () => vi.unstubAllEnvs();
});

describe('a proxy', () => {
  test('is the way to a server that the authorities of a file vouch for', async () => {
    const { asked, proxy } = await startProxy();
    const { port, caFile } = await listenWithTls((_, response) => response.end('{}'), HOST);
    vi.stubEnv('HTTPS_PROXY', `http://${proxy}`);
    const context = { actions: 'pull', progress: silent } as const;
    const client = new RegistryClient(`${HOST}:${port}`, { caFile }, context);
    const manifest = await readManifest(client, 'a/b', '1');
    expect(Buffer.from(manifest?.bytes ?? []).toString()).toBe('{}');
    expect(asked).toEqual([`${HOST}:${port}`]);
    const other = await listenWithTls((_, response) => response.end('{}'), 'other.test');
    const wrong = new RegistryClient(`${HOST}:${other.port}`, { caFile }, context);
    const error = await failureOf(readManifest(wrong, 'a/b', '1'));
    expect(error.message).toContain('certificate');
  });

  test('is the way to all others', async () => {
    const { asked, proxy } = await startProxy();
    const { url, port, caFile } = await listenWithTls((_, response) => response.end('here'), HOST);
    const child = spawn(process.execPath, [CHILD, url.href], {
      env: { ...process.env, https_proxy: proxy, NODE_EXTRA_CA_CERTS: caFile },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    expect(await text(child.stdout)).toBe('here');
    expect(asked).toEqual([`${HOST}:${port}`]);
  });

  test('is not the way to this machine', async () => {
    const { asked, proxy } = await startProxy();
    const { port, caFile } = await listenWithTls((_, response) => response.end('{}'));
    vi.stubEnv('HTTPS_PROXY', `http://${proxy}`);
    const context = { actions: 'pull', progress: silent } as const;
    const client = new RegistryClient(`localhost:${port}`, { caFile }, context);
    expect(await readManifest(client, 'a/b', '1')).toBeDefined();
    expect(asked).toEqual([]);
  });
});

test.each([
  [{}, undefined],
  [{ HTTPS_PROXY: '' }, undefined],
  [{ HTTPS_PROXY: 'proxy:3128' }, ['http://proxy:3128/', 'localhost,127.0.0.1,[::1]']],
  [
    { HTTPS_PROXY: 'https://me:pw@a', https_proxy: 'http://b', NO_PROXY: '.example.com' },
    ['http://b/', '.example.com,localhost,127.0.0.1,[::1]'],
  ],
])('%j', (environment, expected) => {
  const settings = proxySettings(environment);
  expect(settings && [settings.https_proxy, settings.no_proxy]).toEqual(expected);
});

test.each(['socks5://me:secret@proxy:1080', 'http://secret proxy'])('refuses %s', (HTTPS_PROXY) => {
  expect(() => proxySettings({ HTTPS_PROXY })).toThrow(
    expect.objectContaining({ code: 'USAGE', message: 'HTTPS_PROXY names no proxy for HTTP' }),
  );
});
