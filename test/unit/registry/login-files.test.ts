import { writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { findLogin, loginFiles } from '../../../generator/src/registry/login-files.ts';
import { temporaryFolder } from '../fileset/fixture.ts';
import { writeScript } from '../helm/temporary-folder.ts';
import { failureOf } from '../network/server.ts';

const encoded = (login: string) => ({ auth: Buffer.from(login).toString('base64') });

/** An environment with logins as Helm and Docker keep them. */
function environmentWith(ofHelm: unknown, ofDocker?: unknown): NodeJS.ProcessEnv {
  const folder = temporaryFolder();
  const helm = join(folder, 'helm.json');
  const write = (file: string, content: unknown) => {
    const text = typeof content === 'string' ? content : JSON.stringify(content);
    if (content !== undefined) writeFileSync(file, text);
  };
  write(helm, ofHelm);
  write(join(folder, 'config.json'), ofDocker);
  return { HELM_REGISTRY_CONFIG: helm, DOCKER_CONFIG: folder };
}

/** A credential helper on PATH that answers with the server it is asked for. */
async function useHelper(name: string, script: string): Promise<void> {
  const [folder, before] = [temporaryFolder(), process.env.PATH ?? ''];
  await writeScript(join(folder, `docker-credential-${name}`), script);
  process.env.PATH = `${folder}${delimiter}${before}`;
  onTestFinished(() => {
    process.env.PATH = before;
  });
}

test("Helm's logins are taken before Docker's", async () => {
  const environment = environmentWith(
    { auths: { 'a.example': encoded('helm:one') } },
    { auths: { 'a.example': encoded('docker:two'), 'b.example:5000': encoded('docker:t:h:ree') } },
  );
  expect(await findLogin('a.example', environment)).toEqual({ username: 'helm', password: 'one' });
  expect(await findLogin('b.example:5000', environment)).toEqual({
    username: 'docker',
    password: 't:h:ree',
  });
  expect(await findLogin('b.example', environment)).toBeUndefined();
});

test.each([
  [
    { username: 'me', password: 'secret' },
    { username: 'me', password: 'secret' },
  ],
  [{ ...encoded('me:secret'), identitytoken: 'identity' }, { identityToken: 'identity' }],
  [{ registrytoken: 'token' }, { registryToken: 'token' }],
  [{}, undefined],
  [{ auth: 7 }, undefined],
  ['text', undefined],
])('reads the entry %j', async (entry, login) => {
  const environment = environmentWith({ auths: { 'https://a.example/v2/': entry } });
  expect(await findLogin('a.example', environment)).toEqual(login);
});

test('Docker Hub has one login, whatever it is called', async () => {
  const environment = environmentWith(undefined, {
    auths: { 'https://index.docker.io/v1/': encoded('me:secret') },
  });
  for (const registry of ['docker.io', 'registry-1.docker.io'])
    expect(await findLogin(registry, environment)).toEqual({ username: 'me', password: 'secret' });
});

test.each(['', '\n', '{}', '{"auths":null}', '{"auths":{"__proto__":{"auth":"YTpi"}}}'])(
  'a file with %j has no login',
  async (content) => {
    expect(await findLogin('a.example', environmentWith(content))).toBeUndefined();
  },
);

test('a file of another form is an error that shows none of it', async () => {
  const environment = environmentWith('secret: { password');
  const error = await failureOf(findLogin('a.example', environment));
  expect(error).toMatchObject({ code: 'USAGE' });
  expect(`${error.message} ${error.next} ${error.stack}`).not.toContain('password');
});

test('looks where Helm and Docker do', () => {
  const [helm, docker] = loginFiles({ HELM_CONFIG_HOME: '/h', DOCKER_CONFIG: '/d' });
  expect([helm, docker]).toEqual([join('/h/registry/config.json'), join('/d/config.json')]);
  const [second] = loginFiles({ XDG_CONFIG_HOME: '/x', HELM_REGISTRY_CONFIG: '' });
  expect(second).toBe(join('/x/helm/registry/config.json'));
});

test('asks the helper of a registry on standard input, before the helper of all', async () => {
  await useHelper(
    'one',
    'read server; echo "{\\"Username\\":\\"one\\",\\"Secret\\":\\"$1 $server\\"}"',
  );
  await useHelper('all', 'echo "{\\"Username\\":\\"<token>\\",\\"Secret\\":\\"identity\\"}"');
  const environment = environmentWith({
    credsStore: 'all',
    credHelpers: { 'a.example': 'one' },
    auths: { 'b.example': encoded('not:taken') },
  });
  expect(await findLogin('a.example', environment)).toEqual({
    username: 'one',
    password: 'get a.example',
  });
  expect(await findLogin('b.example', environment)).toEqual({ identityToken: 'identity' });
});

test('a helper without a login leaves it to the next file', async () => {
  await useHelper('none', 'echo "credentials not found in native keychain"; exit 1');
  const environment = environmentWith(
    { credsStore: 'none' },
    { auths: { 'a.example': encoded('me:secret') } },
  );
  expect(await findLogin('a.example', environment)).toEqual({ username: 'me', password: 'secret' });
});

test.each(['echo "secret"; echo secret >&2; exit 1', 'echo "not JSON: secret"'])(
  'what a helper prints is not shown: %s',
  async (script) => {
    await useHelper('bad', script);
    const error = await failureOf(findLogin('a.example', environmentWith({ credsStore: 'bad' })));
    expect(error).toMatchObject({ code: 'TOOL_FAILED' });
    expect(error.message).toContain('docker-credential-bad gave no login for a.example');
    expect(error.message).not.toContain('secret');
  },
);

test.each(['../../bin/sh', 'a b', 'a;b'])('runs no helper called %j', async (helper) => {
  const environment = environmentWith({ credsStore: helper });
  const error = await failureOf(findLogin('a.example', environment));
  expect(error).toMatchObject({ code: 'USAGE' });
});
