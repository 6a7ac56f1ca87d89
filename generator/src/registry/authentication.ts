import type { Agent } from 'node:http';
import { UserError } from '../errors.ts';
import { basicAuthorization } from '../network/request.ts';
import { parseChallenges, type Challenge } from './challenge.ts';
import type { Login } from './login.ts';
import { fetchToken } from './token.ts';

/** What is done in a repository, as scopes of tokens name it. */
export type Actions = 'pull' | 'pull,push';

export interface AuthenticationOptions {
  /** Asked for once, when the registry wants to know. */
  findLogin: () => Promise<Login | undefined>;
  actions: Actions;
  agent: Agent | undefined;
}

/**
 * The `Authorization` headers for a registry: none until it asks, then one for each repository,
 * fetched once however many requests wait for it.
 */
export class Authentication {
  readonly #options: AuthenticationOptions;
  readonly #headers = new Map<string, Promise<string | undefined>>();
  #login: Promise<Login | undefined> | undefined;

  constructor(options: AuthenticationOptions) {
    this.#options = options;
  }

  /** The header for a repository as far as it is known. */
  async header(repository: string): Promise<string | undefined> {
    return this.#headers.get(repository);
  }

  /** Is there a login that could be refused? */
  async hasLogin(): Promise<boolean> {
    this.#login ??= this.#options.findLogin();
    return (await this.#login) !== undefined;
  }

  /**
   * Another header, after the registry has refused one.
   * @param challenge its `WWW-Authenticate` header.
   * @param refused what was sent; undefined for no header.
   * @returns undefined where there is no other.
   * @throws UserError DENIED, NETWORK, and what looking for a login throws; RequestFailure
   */
  async answer(
    registry: URL,
    repository: string,
    challenge: string,
    refused: string | undefined,
  ): Promise<string | undefined> {
    const known = this.#headers.get(repository);
    // Another request may have got a new one meanwhile.
    if (known !== undefined && (await known) !== refused) return known;
    const made = this.#make(registry, repository, challenge);
    this.#headers.set(repository, made);
    // A failure must not be the answer to the next request.
    made.catch(() => this.#headers.delete(repository));
    const header = await made;
    return header === refused ? undefined : header;
  }

  async #make(registry: URL, repository: string, header: string): Promise<string | undefined> {
    this.#login ??= this.#options.findLogin();
    const login = await this.#login;
    if (login !== undefined && 'registryToken' in login) return `Bearer ${login.registryToken}`;
    const challenges = parseChallenges(header);
    const bearer = challenges.find(({ scheme }) => scheme === 'bearer');
    if (bearer) return this.#bearer(registry, repository, bearer, login);
    const wantsBasic = challenges.some(({ scheme }) => scheme === 'basic');
    if (wantsBasic) return login && 'username' in login ? basicAuthorization(login) : undefined;
    throw new UserError('NETWORK', `${registry.host} wants a login in a way that is not known`, {
      next: 'Check that it is a registry.',
    });
  }

  async #bearer(
    registry: URL,
    repository: string,
    { parameters }: Challenge,
    login: Login | undefined,
  ): Promise<string> {
    const { actions, agent } = this.#options;
    // Some registries name less in the challenge than the request takes.
    const scopes = new Set([`repository:${repository}:${actions}`]);
    for (const scope of (parameters.get('scope') ?? '').split(' ')) if (scope) scopes.add(scope);
    const token = await fetchToken(
      registry,
      {
        realm: parameters.get('realm') ?? '',
        service: parameters.get('service') ?? '',
        scopes: [...scopes],
      },
      login,
      agent,
    );
    return `Bearer ${token}`;
  }
}
