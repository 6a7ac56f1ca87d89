import { execFileSync } from 'node:child_process';
import { createPrivateKey, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { type Helm, withHelm } from '../../generator/src/helm/helm.ts';
import { silent } from '../../generator/src/progress.ts';
import { OciStore } from '../../generator/src/repository/oci/oci-store.ts';
import { hasDockerRegistry, startDockerRegistry } from '../support/docker-registry.ts';
import { useTools } from '../support/tools.ts';
import { archiveOf } from '../unit/archive/fixture.ts';
import { temporaryFolder, write } from '../unit/fileset/fixture.ts';
import { failureOf, listen } from '../unit/network/server.ts';
import { readStored } from '../unit/repository/oci/fixture.ts';
import { succeed } from './client.ts';

useTools('helm-4', 'helm-3');

const credentials = { username: 'me', password: 'pass:word' };
/** `htpasswd -Bbn me pass:word`: the registry takes bcrypt only. */
const HTPASSWD = 'me:$2y$05$SJZzTsjUEiDrQJ0NjID8yuB0Ow2hw1bqbNS.WzesDA5oWIjn668QK\n';

/** A registry that asks for the password itself. */
async function startWithPassword(): Promise<string> {
  const file = join(temporaryFolder(), 'htpasswd');
  write(file, HTPASSWD);
  return startDockerRegistry(`{ htpasswd: { realm: test, path: ${JSON.stringify(file)} } }`);
}

/** A registry that takes the tokens of another server, which asks for the password; what that was asked. */
async function startWithTokens() {
  const folder = temporaryFolder();
  const [keyFile, certificate] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  execFileSync(
    'openssl',
    [
      ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'],
      ...['-subj', '/CN=tokens', '-days', '1', '-keyout', keyFile, '-out', certificate],
    ],
    { stdio: 'ignore' },
  );
  const give = tokenGiver(readFileSync(keyFile, 'utf8'), readFileSync(certificate, 'utf8'));
  const { requests, url } = await listen((request, response) => {
    const token = give(request);
    response.writeHead(token === undefined ? 401 : 200).end(JSON.stringify({ token }));
  });
  const registry = await startDockerRegistry(
    `{ token: { realm: "${url.href}token", service: test, issuer: test, rootcertbundle: ${JSON.stringify(certificate)} } }`,
  );
  return { registry, requests };
}

/** Signs tokens with all rights that are asked for; undefined without the right password. */
function tokenGiver(key: string, certificate: string) {
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const der = certificate.replaceAll(/-----.*-----|\s/g, '');
  const basic = `Basic ${Buffer.from('me:pass:word').toString('base64')}`;
  return ({ url = '', headers }: IncomingMessage): string | undefined => {
    if (headers.authorization !== basic) return undefined;
    const scopes = new URL(url, 'http://x').searchParams.getAll('scope');
    const access = scopes.map((scope) => {
      const [type, name, actions = ''] = scope.split(':');
      return { type, name, actions: actions.split(',') };
    });
    const now = Math.floor(Date.now() / 1000);
    const times = { iat: now, nbf: now - 10, exp: now + 300 };
    const claims = { iss: 'test', sub: 'me', aud: 'test', jti: 'x', ...times, access };
    const content = `${encode({ typ: 'JWT', alg: 'ES256', x5c: [der] })}.${encode(claims)}`;
    const signature = sign('sha256', Buffer.from(content), {
      key: createPrivateKey(key),
      dsaEncoding: 'ieee-p1363',
    });
    return `${content}.${signature.toString('base64url')}`;
  };
}

async function pullShowRender(helm: Helm, registry: string): Promise<void> {
  const chart = [`oci://${registry}/charts/demo`, '--version', '1.0.0', '--plain-http'];
  await succeed(helm, ['pull', ...chart, '-d', temporaryFolder()]);
  expect(await succeed(helm, ['show', 'chart', ...chart])).toContain('name: demo');
  await succeed(helm, ['template', 'release', ...chart]);
}

describe.skipIf(!hasDockerRegistry).each(['helm-3', 'helm-4'] as const)('%s', (name) => {
  test('pulls what was published to a registry for everybody', async () => {
    const registry = await startDockerRegistry();
    const store = new OciStore(`oci://${registry}/charts`);
    await store.publish([await archiveOf()], silent);
    expect(await store.plan([await archiveOf()])).toMatchObject({ uploads: [] });
    await withHelm(name, console.log, (helm) => pullShowRender(helm, registry));
  });

  test.each([
    ['password', startWithPassword],
    ['token', async () => (await startWithTokens()).registry],
  ])('a login that Helm keeps opens a registry that wants a %s', async (_, start) => {
    const registry = await start();
    const store = new OciStore(`oci://${registry}/charts`);
    await withHelm(name, console.log, async (helm) => {
      vi.stubEnv('HELM_CONFIG_HOME', helm.environment.HELM_CONFIG_HOME);
      vi.stubEnv('DOCKER_CONFIG', temporaryFolder());
      try {
        const error = await failureOf(store.publish([await archiveOf()], silent));
        expect(error).toMatchObject({ code: 'DENIED' });
        const { username, password } = credentials;
        const login = ['registry', 'login', registry, '--plain-http', '-u', username];
        await succeed(helm, [...login, '-p', password]);
        await store.publish([await archiveOf()], silent);
        await pullShowRender(helm, registry);
      } finally {
        vi.unstubAllEnvs();
      }
    });
  });
});

describe.skipIf(!hasDockerRegistry)('with a login of its own', () => {
  test('a token is asked for once for each chart', async () => {
    const { registry, requests } = await startWithTokens();
    const versions = Array.from({ length: 20 }, (_, i) => archiveOf('demo', `1.0.${i}`));
    const archives = [...(await Promise.all(versions)), await archiveOf('other')];
    const store = new OciStore(`oci://${registry}/charts`, { credentials });
    await store.publish(archives, silent);
    expect(requests).toHaveLength(2);
    expect((await store.publish(archives, silent)).unchanged).toHaveLength(21);
  });

  test('a wrong password is refused before anything is written', async () => {
    const registry = await startWithPassword();
    const wrong = { credentials: { username: 'me', password: 'other-secret' } };
    const store = new OciStore(`oci://${registry}/charts`, wrong);
    const error = await failureOf(store.publish([await archiveOf()], silent));
    expect(error.message).toMatch(/ refuses to pull from charts\/demo: 401 UNAUTHORIZED/);
    expect(`${error.message}${error.next}`).not.toContain('other-secret');
    expect(await readStored(registry, 'charts/demo', '1.0.0')).toBeUndefined();
  });
});
