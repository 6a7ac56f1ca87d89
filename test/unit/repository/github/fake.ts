import type { IncomingMessage, ServerResponse } from 'node:http';
import { dirname, join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { sha256 } from '../../../../generator/src/files/digest.ts';
import { temporaryFolder } from '../../fileset/fixture.ts';
import { bytesOn, environmentOf, git } from '../git/fixture.ts';
import { type Answer, serve } from '../git/http-remote.ts';
import type { Answered } from './fake-api.ts';
import { FakePullRequests } from './fake-pull-requests.ts';
import { type FakeRelease, FakeReleases, type ReleaseSettings } from './fake-releases.ts';

export const TOKEN = 'ghs_0123456789abcdef';
const LOGIN = `Basic ${Buffer.from(`x-access-token:${TOKEN}`).toString('base64')}`;

export interface Settings extends ReleaseSettings {
  /** Asked of each request, those of git too; true where it has answered it itself. */
  intercept?: Answer;
  /** May the token only read? */
  isReadOnly?: boolean;
  /** May the token not propose? */
  isWithoutPullRequests?: boolean;
}

const REPOSITORY = '/ada/charts';

/** Reads what a client still sends, and no more once it is gone. */
async function bodyOf(request: IncomingMessage): Promise<Buffer | undefined> {
  return buffer(request).catch(() => undefined);
}

/**
 * A stand-in for GitHub after its documentation: releases and their files over real HTTP, in memory,
 * and a real git repository behind git's own server.
 */
export class FakeGitHub {
  /** A bare repository. */
  readonly repository: string;
  /** API requests that were answered: `POST /repos/ada/charts/releases`. */
  readonly requests: string[] = [];
  readonly pulls: FakePullRequests;
  readonly #settings: Settings;
  readonly #releases: FakeReleases;
  #origin = '';

  constructor(settings: Settings = {}) {
    this.#settings = settings;
    this.#releases = new FakeReleases(settings);
    this.repository = join(temporaryFolder(), 'ada', 'charts.git');
    git('/', 'init', '--quiet', '--bare', '--initial-branch=main', this.repository);
    git(this.repository, 'config', 'uploadpack.allowFilter', 'true');
    this.pulls = new FakePullRequests(this.repository);
  }

  get releases(): FakeRelease[] {
    return this.#releases.all;
  }

  /** Listens on loopback until the test ends. @returns the environment of a publisher. */
  async listen(): Promise<Record<string, string>> {
    const { origin } = await serve(this.repository, this.#answer);
    this.#origin = origin;
    this.#releases.origin = origin;
    return {
      ...environmentOf(),
      GITHUB_SERVER_URL: origin,
      GITHUB_API_URL: `${origin}/api`,
      GITHUB_TOKEN: TOKEN,
    };
  }

  addRelease(release: Partial<FakeRelease> & { tag: string }): FakeRelease {
    return this.#releases.add(release);
  }

  nextId(): number {
    return this.#releases.nextId();
  }

  release(id: number): FakeRelease | undefined {
    return this.#releases.get(id);
  }

  /** What is there, without numbers that depend on the way to it. */
  state(): unknown {
    const plain = this.releases.map(({ assets, ...release }) => ({
      ...release,
      id: undefined,
      assets: assets
        .map(({ name, state, bytes }) => `${name} ${state} ${sha256(bytes)}`)
        .toSorted((a, b) => (a < b ? -1 : 1)),
    }));
    return plain.toSorted((a, b) => (a.tag < b.tag ? -1 : 1));
  }

  readonly #answer: Answer = (line, request, response) => {
    if (this.#settings.intercept?.(line, request, response) === true) return true;
    const path = request.url ?? '';
    if (path.startsWith(`${REPOSITORY}.git/`)) {
      request.url = path.replace(dirname(REPOSITORY), '');
      if (!line.includes('receive-pack') || this.#mayWrite(request, LOGIN)) return false;
      response.writeHead(403).end();
      return true;
    }
    const file = this.#file(path);
    if (file) response.end(file);
    else void this.#respond(request, response);
    return true;
  };

  /** What anybody can download: files of releases, and the branch as pages. */
  #file(path: string): Buffer | undefined {
    const [, page] = /^\/pages\/(.*)$/.exec(path) ?? [];
    if (page !== undefined) return bytesOn(this.repository, page);
    const [, tag = '', file = ''] = /\/releases\/download\/([^/]+)\/([^/]+)$/.exec(path) ?? [];
    return this.#releases.download(tag, file);
  }

  #mayWrite({ headers }: IncomingMessage, login: string, path = ''): boolean {
    const { isReadOnly, isWithoutPullRequests } = this.#settings;
    if (isReadOnly === true || headers.authorization !== login) return false;
    return isWithoutPullRequests !== true || !path.startsWith('/pulls');
  }

  #api(line: string, query: URLSearchParams, content: Buffer): Answered {
    const part = line.includes(' /pulls') ? this.pulls : this.#releases;
    return part.answer(line, query, content);
  }

  async #respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const content = await bodyOf(request);
    if (content === undefined) return;
    const { method = '', url = '' } = request;
    const { pathname, searchParams } = new URL(url, this.#origin);
    const path = pathname.replace(/^\/(?:api|uploads)\/repos\/ada\/charts/, '');
    this.requests.push(`${method} ${path}`);
    const isAsset = request.headers.accept === 'application/octet-stream';
    const asset = /^\/releases\/assets\/(\d+)$/.exec(path);
    if (method === 'GET' && isAsset && asset) {
      const { bytes } = this.#releases.asset(Number(asset[1])) ?? {};
      response.writeHead(bytes ? 200 : 404, { 'content-type': 'application/octet-stream' });
      response.end(bytes);
      return;
    }
    const { status, body, link } =
      method === 'GET' || this.#mayWrite(request, `token ${TOKEN}`, path)
        ? this.#api(`${method} ${path}`, searchParams, content)
        : { status: 403, body: { message: 'Resource not accessible by integration' } };
    response.writeHead(status, {
      'content-type': 'application/json; charset=utf-8',
      ...(link !== undefined && { link }),
    });
    response.end(body === undefined ? undefined : JSON.stringify(body));
  }
}
