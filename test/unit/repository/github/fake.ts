import type { IncomingMessage, ServerResponse } from 'node:http';
import { basename, dirname, join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { sha256 } from '../../../../generator/src/files/digest.ts';
import { temporaryFolder } from '../../fileset/fixture.ts';
import { bytesOn, environmentOf, git } from '../git/fixture.ts';
import { type Answer, serve } from '../git/http-remote.ts';

export const TOKEN = 'ghs_0123456789abcdef';
const LOGIN = `Basic ${Buffer.from(`x-access-token:${TOKEN}`).toString('base64')}`;

export interface FakeAsset {
  id: number;
  name: string;
  bytes: Buffer;
  state: 'uploaded' | 'starter';
}

export interface FakeRelease {
  id: number;
  tag: string;
  body: string;
  isDraft: boolean;
  isPrerelease: boolean;
  commit: string | undefined;
  assets: FakeAsset[];
}

export interface Settings {
  /** Asked of each request, those of git too; true where it has answered it itself. */
  intercept?: Answer;
  /** Published releases take no files. */
  isImmutable?: boolean;
  /** At most so many items are in a page. */
  pageSize?: number;
  /** As of older GitHub Enterprise servers. */
  hasNoDigests?: boolean;
  /** May the token only read? */
  isReadOnly?: boolean;
}

interface Answered {
  status: number;
  body?: unknown;
  link?: string;
}

const REPOSITORY = '/ada/charts';
const refused = (message: string, code?: string): Answered => ({
  status: 422,
  body: { message, ...(code !== undefined && { errors: [{ code }] }) },
});
const MISSING: Answered = { status: 404, body: { message: 'Not Found' } };

/** Reads what a client still sends, and no more once it is gone. */
async function bodyOf(request: IncomingMessage): Promise<Buffer | undefined> {
  return buffer(request).catch(() => undefined);
}

/**
 * A stand-in for GitHub after its documentation: releases and their files over real HTTP, in memory,
 * and a real git repository behind git's own server.
 */
export class FakeGitHub {
  readonly releases: FakeRelease[] = [];
  /** A bare repository. */
  readonly repository: string;
  /** API requests that were answered: `POST /repos/ada/charts/releases`. */
  readonly requests: string[] = [];
  readonly #settings: Settings;
  #lastId = 0;
  #origin = '';

  constructor(settings: Settings = {}) {
    this.#settings = settings;
    this.repository = join(temporaryFolder(), 'ada', 'charts.git');
    git('/', 'init', '--quiet', '--bare', '--initial-branch=main', this.repository);
    git(this.repository, 'config', 'uploadpack.allowFilter', 'true');
  }

  /** Listens on loopback until the test ends. @returns the environment of a publisher. */
  async listen(): Promise<Record<string, string>> {
    const { origin } = await serve(this.repository, this.#answer);
    this.#origin = origin;
    return {
      ...environmentOf(),
      GITHUB_SERVER_URL: origin,
      GITHUB_API_URL: `${origin}/api`,
      GITHUB_TOKEN: TOKEN,
    };
  }

  addRelease(release: Partial<FakeRelease> & { tag: string }): FakeRelease {
    const id = this.nextId();
    const more = { body: '', isDraft: false, isPrerelease: false, commit: undefined, assets: [] };
    const added = { id, ...more, ...release };
    this.releases.push(added);
    return added;
  }

  nextId(): number {
    this.#lastId += 1;
    return this.#lastId;
  }

  release(id: number): FakeRelease | undefined {
    return this.releases.find((release) => release.id === id);
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
    const [, tag = '', file] = /\/releases\/download\/([^/]+)\/([^/]+)$/.exec(path) ?? [];
    const release = this.releases.find((item) => !item.isDraft && item.tag === tag);
    return release?.assets.find(({ name }) => name === file)?.bytes;
  }

  #mayWrite({ headers }: IncomingMessage, login: string): boolean {
    return headers.authorization === login && this.#settings.isReadOnly !== true;
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
      const { bytes } = this.#asset(Number(asset[1])) ?? {};
      response.writeHead(bytes ? 200 : 404, { 'content-type': 'application/octet-stream' });
      response.end(bytes);
      return;
    }
    const { status, body, link } =
      method === 'GET' || this.#mayWrite(request, `token ${TOKEN}`)
        ? this.#api(`${method} ${path}`, searchParams, content)
        : { status: 403, body: { message: 'Resource not accessible by integration' } };
    response.writeHead(status, {
      'content-type': 'application/json; charset=utf-8',
      ...(link !== undefined && { link }),
    });
    response.end(body === undefined ? undefined : JSON.stringify(body));
  }

  #api(line: string, query: URLSearchParams, content: Buffer): Answered {
    const [, method = '', path = ''] = /^(\w+) (.*)$/.exec(line) ?? [];
    const [, id = ''] = /\/(\d+)(?:\/assets)?$/.exec(path) ?? [];
    const release = this.release(Number(id));
    if (method === 'GET' && path === '/releases')
      return this.#page(path, query, this.releases.map(this.#shownRelease));
    if (method === 'POST' && path === '/releases') return this.#create(content);
    if (method === 'GET' && path.startsWith('/releases/tags/')) {
      const tag = decodeURIComponent(basename(path));
      const found = this.releases.find((item) => item.tag === tag && !item.isDraft);
      return found ? { status: 200, body: this.#shownRelease(found) } : MISSING;
    }
    if (method === 'DELETE' && path.startsWith('/releases/assets/'))
      return this.#deleteAsset(Number(id));
    if (!release) return MISSING;
    if (method === 'GET' && path.endsWith('/assets'))
      return this.#page(path, query, release.assets.map(this.#shownAsset));
    if (method === 'POST') return this.#upload(release, query.get('name') ?? '', content);
    if (method === 'PATCH') return this.#publish(release);
    if (method !== 'DELETE') return MISSING;
    this.releases.splice(this.releases.indexOf(release), 1);
    return { status: 204 };
  }

  #page(path: string, query: URLSearchParams, items: readonly unknown[]): Answered {
    const size = Math.min(Number(query.get('per_page') ?? 30), this.#settings.pageSize ?? 100);
    const page = Number(query.get('page') ?? 1);
    const next = `${this.#origin}/api/repos/ada/charts${path}?per_page=${size}&page=${page + 1}`;
    return {
      status: 200,
      body: items.slice((page - 1) * size, page * size),
      ...(page * size < items.length && { link: `<${next}>; rel="next"` }),
    };
  }

  #create(content: Buffer): Answered {
    const asked = JSON.parse(content.toString()) as Record<string, string | boolean>;
    const release = this.addRelease({
      tag: String(asked.tag_name),
      body: String(asked.body),
      isDraft: asked.draft === true,
      isPrerelease: asked.prerelease === true,
      commit: asked.target_commitish as string | undefined,
    });
    return { status: 201, body: this.#shownRelease(release) };
  }

  #publish(release: FakeRelease): Answered {
    const other = this.releases.find(({ tag, isDraft }) => tag === release.tag && !isDraft);
    if (other && other !== release) return refused('Validation Failed', 'already_exists');
    release.isDraft = false;
    return { status: 200, body: this.#shownRelease(release) };
  }

  #upload(release: FakeRelease, name: string, bytes: Buffer): Answered {
    if (this.#isImmutable(release)) return refused('Cannot upload assets to an immutable release.');
    if (release.assets.some((asset) => asset.name === name))
      return refused('Validation Failed', 'already_exists');
    const asset: FakeAsset = { id: this.nextId(), name, bytes, state: 'uploaded' };
    release.assets.push(asset);
    return { status: 201, body: this.#shownAsset(asset) };
  }

  #asset(id: number): FakeAsset | undefined {
    return this.releases.flatMap(({ assets }) => assets).find((asset) => asset.id === id);
  }

  #deleteAsset(id: number): Answered {
    const release = this.releases.find(({ assets }) => assets.some((asset) => asset.id === id));
    if (!release) return MISSING;
    if (this.#isImmutable(release)) return refused('Cannot delete assets of an immutable release.');
    release.assets = release.assets.filter((asset) => asset.id !== id);
    return { status: 204 };
  }

  #isImmutable({ isDraft }: FakeRelease): boolean {
    return !isDraft && this.#settings.isImmutable === true;
  }

  readonly #shownRelease = (release: FakeRelease): object => ({
    id: release.id,
    tag_name: release.tag,
    draft: release.isDraft,
    immutable: this.#isImmutable(release),
    body: release.body,
    upload_url: `${this.#origin}/uploads/repos/ada/charts/releases/${release.id}/assets{?name,label}`,
  });

  readonly #shownAsset = ({ id, name, bytes, state }: FakeAsset): object => ({
    id,
    name,
    state,
    size: bytes.length,
    digest: this.#settings.hasNoDigests === true ? null : `sha256:${sha256(bytes)}`,
  });
}
