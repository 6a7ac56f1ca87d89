import type { Agent } from 'node:http';
import { UserError } from '../errors.ts';
import { RequestFailure } from '../network/failure.ts';
import { basicAuthorization } from '../network/request.ts';
import { readBody, statusFailure, transfer } from '../network/transport.ts';
import { nameOfUrl } from '../network/url.ts';
import { jsonObject, textField } from '../json-object.ts';
import type { Login } from './login.ts';
import { isDenial } from './refusal.ts';

/** What a registry says in a `Bearer` challenge. */
export interface TokenRequest {
  /** The address that gives tokens. */
  realm: string;
  service: string;
  scopes: readonly string[];
}

const CLIENT = 'spark-charts';
const IDLE_TIMEOUT = 30_000;
const MAX_BYTES = 1024 * 1024;

/**
 * Gets a token for a registry (https://distribution.github.io/distribution/spec/auth/token/), with
 * an identity token by OAuth 2 (…/spec/auth/oauth/). Without a login it is one for everybody.
 * @throws UserError DENIED; NETWORK where the realm is not safe or answers something else; RequestFailure
 */
export async function fetchToken(
  registry: URL,
  { realm, service, scopes }: TokenRequest,
  login: Login | undefined,
  agent: Agent | undefined,
): Promise<string> {
  const url = parseRealm(registry, realm);
  const request =
    login !== undefined && 'identityToken' in login
      ? oauthRequest(login.identityToken, { service, scopes })
      : basicRequest(url, login, { service, scopes });
  const answer = await transfer(
    url,
    { ...request, idleTimeout: IDLE_TIMEOUT, agent },
    async (response): Promise<Record<string, unknown>> => {
      if (response.statusCode !== 200) throw statusFailure(url, response);
      return jsonObject(await readBody(url, response, MAX_BYTES)) ?? {};
    },
  ).catch((error: unknown) => {
    throw error instanceof RequestFailure && isDenial(error.status)
      ? denial(registry, error)
      : error;
  });
  const token = textField(answer, 'token') || textField(answer, 'access_token');
  // Anything else in a header could add another one.
  if (/^[\x21-\x7e]+$/.test(token)) return token;
  throw new UserError('NETWORK', `${nameOfUrl(url)} gave no token for ${registry.host}`, {
    next: 'Ask those who run the registry.',
  });
}

function denial({ host }: URL, { url, message }: RequestFailure): UserError {
  return new UserError('DENIED', `no token for ${host}: ${nameOfUrl(url)} ${message}`, {
    next: `Log in as a user who may do this: helm registry login ${host}.`,
  });
}

/** Passwords go there: encrypted, unless the user talks to the registry itself in clear. */
function parseRealm(registry: URL, realm: string): URL {
  const url = URL.parse(realm);
  const protocols = registry.protocol === 'https:' ? ['https:'] : ['https:', 'http:'];
  if (url && protocols.includes(url.protocol) && url.username === '' && url.password === '')
    return url;
  throw new UserError(
    'NETWORK',
    `${registry.host} has its tokens given by what is no safe address`,
    {
      next: 'Ask those who run the registry.',
    },
  );
}

function basicRequest(
  url: URL,
  login: Login | undefined,
  { service, scopes }: Omit<TokenRequest, 'realm'>,
) {
  if (service !== '') url.searchParams.set('service', service);
  for (const scope of scopes) url.searchParams.append('scope', scope);
  const headers: Record<string, string> = { 'user-agent': CLIENT };
  if (login && 'username' in login) headers.authorization = basicAuthorization(login);
  return { headers };
}

function oauthRequest(identityToken: string, { service, scopes }: Omit<TokenRequest, 'realm'>) {
  const form = new URLSearchParams({
    grant_type: 'refresh_token',
    service,
    client_id: CLIENT,
    scope: scopes.join(' '),
    refresh_token: identityToken,
  });
  const headers = {
    'user-agent': CLIENT,
    'content-type': 'application/x-www-form-urlencoded',
  };
  return { method: 'POST', headers, body: Buffer.from(form.toString()) };
}
