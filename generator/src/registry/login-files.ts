import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileSystemError, UserError } from '../errors.ts';
import { readIfPresent } from '../files/read.ts';
import type { Credentials } from '../network/request.ts';
import { askCredentialHelper } from './credential-helper.ts';
import { jsonObject, objectField, textField } from '../json-object.ts';
import type { Login } from './login.ts';

/** Docker Hub, by its names, has its login under this one. */
const DOCKER_HUB = 'https://index.docker.io/v1/';
const DOCKER_HUB_NAMES = new Set(['docker.io', 'registry-1.docker.io', 'index.docker.io']);

/**
 * The login of a registry where `helm registry login` keeps it, else where `docker login` does.
 * @returns undefined where neither has one.
 * @throws UserError USAGE for a file of another form, FILE_SYSTEM, TOOL_FAILED
 */
export async function findLogin(
  registry: string,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<Login | undefined> {
  const server = DOCKER_HUB_NAMES.has(registry) ? DOCKER_HUB : registry;
  for (const file of loginFiles(environment)) {
    const login = await findIn(file, server);
    if (login) return login;
  }
  return undefined;
}

/** The files that are looked into, in order. */
export function loginFiles(environment: NodeJS.ProcessEnv): string[] {
  const { HELM_REGISTRY_CONFIG: ofHelm, DOCKER_CONFIG: ofDocker } = environment;
  return [
    setOr(ofHelm, () => join(helmConfigFolder(environment), 'registry', 'config.json')),
    join(
      setOr(ofDocker, () => join(homedir(), '.docker')),
      'config.json',
    ),
  ];
}

/** As Helm has it (pkg/helmpath). */
function helmConfigFolder({
  HELM_CONFIG_HOME,
  XDG_CONFIG_HOME,
  APPDATA,
}: NodeJS.ProcessEnv): string {
  return setOr(HELM_CONFIG_HOME, () => {
    const ofSystem = () => {
      if (process.platform === 'win32') return APPDATA ?? '';
      return join(
        homedir(),
        ...(process.platform === 'darwin' ? ['Library', 'Preferences'] : ['.config']),
      );
    };
    return join(setOr(XDG_CONFIG_HOME, ofSystem), 'helm');
  });
}

function setOr(value: string | undefined, other: () => string): string {
  return value === undefined || value === '' ? other() : value;
}

async function findIn(file: string, server: string): Promise<Login | undefined> {
  const content = await readIfPresent(file).catch((error: unknown) => {
    throw fileSystemError(error, `reading ${file}`);
  });
  // Helm takes an empty file for one without logins.
  if (content === undefined || content.toString().trim() === '') return undefined;
  const config = jsonObject(content);
  if (!config)
    throw new UserError(
      'USAGE',
      `${file}, where logins of registries are kept, is no JSON object`,
      {
        next: 'Log in again: helm registry login <registry>.',
      },
    );
  const helper =
    textField(objectField(config, 'credHelpers'), server) || textField(config, 'credsStore');
  if (helper !== '') return askCredentialHelper(helper, server);
  return loginOf(entryOf(objectField(config, 'auths'), server));
}

/** Older files have `https://registry.example.com/v1/` in place of a name. */
function entryOf(auths: Record<string, unknown>, server: string): Record<string, unknown> {
  const nameOf = (address: string) => address.replace(/^https?:\/\//, '').replace(/\/.*$/s, '');
  const found = Object.hasOwn(auths, server)
    ? server
    : Object.keys(auths).find((address) => nameOf(address) === server);
  return found === undefined ? {} : objectField(auths, found);
}

function loginOf(entry: Record<string, unknown>): Login | undefined {
  const [identityToken, registryToken] = [
    textField(entry, 'identitytoken'),
    textField(entry, 'registrytoken'),
  ];
  if (registryToken !== '') return { registryToken };
  if (identityToken !== '') return { identityToken };
  const encoded = textField(entry, 'auth');
  const { username, password } = encoded === '' ? plainOf(entry) : decoded(encoded);
  return username !== '' && password !== '' ? { username, password } : undefined;
}

function plainOf(entry: Record<string, unknown>): Credentials {
  return { username: textField(entry, 'username'), password: textField(entry, 'password') };
}

/** A password may hold colons, a name none (RFC 7617). */
function decoded(encoded: string): Credentials {
  const [username = '', ...password] = Buffer.from(encoded, 'base64').toString().split(':');
  return { username, password: password.join(':') };
}
