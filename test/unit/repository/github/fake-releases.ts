import { basename } from 'node:path';
import { sha256 } from '../../../../generator/src/files/digest.ts';
import { type Answered, fieldsOf, MISSING, refused } from './fake-api.ts';

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
  /** Whether it is the latest, `false` or what GitHub decides itself. */
  makeLatest?: string;
  commit: string | undefined;
  assets: FakeAsset[];
}

export interface ReleaseSettings {
  /** Published releases take no files. */
  isImmutable?: boolean;
  /** At most so many items are in a page. */
  pageSize?: number;
  /** As of older GitHub Enterprise servers. */
  hasNoDigests?: boolean;
}

/** A stand-in for the releases of a repository on GitHub, after its documentation. */
export class FakeReleases {
  readonly all: FakeRelease[] = [];
  /** Where it listens. */
  origin = '';
  readonly #settings: ReleaseSettings;
  #lastId = 0;

  constructor(settings: ReleaseSettings) {
    this.#settings = settings;
  }

  add(release: Partial<FakeRelease> & { tag: string }): FakeRelease {
    const id = this.nextId();
    const more = { body: '', isDraft: false, isPrerelease: false, commit: undefined, assets: [] };
    const added = { id, ...more, ...release };
    this.all.push(added);
    return added;
  }

  nextId(): number {
    this.#lastId += 1;
    return this.#lastId;
  }

  get(id: number): FakeRelease | undefined {
    return this.all.find((release) => release.id === id);
  }

  asset(id: number): FakeAsset | undefined {
    return this.all.flatMap(({ assets }) => assets).find((asset) => asset.id === id);
  }

  /** What anybody can download. */
  download(tag: string, file: string): Buffer | undefined {
    const release = this.all.find((item) => !item.isDraft && item.tag === tag);
    return release?.assets.find(({ name }) => name === file)?.bytes;
  }

  /** @param line such as `GET /releases`. */
  answer(line: string, query: URLSearchParams, content: Buffer): Answered {
    const [, method = '', path = ''] = /^(\w+) (.*)$/.exec(line) ?? [];
    const [, id = ''] = /\/(\d+)(?:\/assets)?$/.exec(path) ?? [];
    const release = this.get(Number(id));
    if (method === 'GET' && path === '/releases')
      return this.#page(path, query, this.all.map(this.#shownRelease));
    if (method === 'POST' && path === '/releases') return this.#create(content);
    if (method === 'GET' && path.startsWith('/releases/tags/')) {
      const tag = decodeURIComponent(basename(path));
      const found = this.all.find((item) => item.tag === tag && !item.isDraft);
      return found ? { status: 200, body: this.#shownRelease(found) } : MISSING;
    }
    if (path.startsWith('/releases/assets/'))
      return method === 'DELETE'
        ? this.#deleteAsset(Number(id))
        : this.#rename(Number(id), content);
    if (!release) return MISSING;
    if (method === 'GET' && path.endsWith('/assets'))
      return this.#page(path, query, release.assets.map(this.#shownAsset));
    if (method === 'POST') return this.#upload(release, query.get('name') ?? '', content);
    if (method === 'PATCH') return this.#publish(release);
    if (method !== 'DELETE') return MISSING;
    this.all.splice(this.all.indexOf(release), 1);
    return { status: 204 };
  }

  #page(path: string, query: URLSearchParams, items: readonly unknown[]): Answered {
    const size = Math.min(Number(query.get('per_page') ?? 30), this.#settings.pageSize ?? 100);
    const page = Number(query.get('page') ?? 1);
    const next = `${this.origin}/api/repos/ada/charts${path}?per_page=${size}&page=${page + 1}`;
    return {
      status: 200,
      body: items.slice((page - 1) * size, page * size),
      ...(page * size < items.length && { link: `<${next}>; rel="next"` }),
    };
  }

  #create(content: Buffer): Answered {
    const asked = fieldsOf(content);
    const release = this.add({
      tag: String(asked.tag_name),
      body: String(asked.body),
      isDraft: asked.draft === true,
      isPrerelease: asked.prerelease === true,
      commit: asked.target_commitish as string | undefined,
      ...(asked.make_latest !== undefined && { makeLatest: String(asked.make_latest) }),
    });
    return { status: 201, body: this.#shownRelease(release) };
  }

  #publish(release: FakeRelease): Answered {
    const other = this.all.find(({ tag, isDraft }) => tag === release.tag && !isDraft);
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

  #deleteAsset(id: number): Answered {
    const release = this.all.find(({ assets }) => assets.some((asset) => asset.id === id));
    if (!release) return MISSING;
    if (this.#isImmutable(release)) return refused('Cannot delete assets of an immutable release.');
    release.assets = release.assets.filter((asset) => asset.id !== id);
    return { status: 204 };
  }

  #rename(id: number, content: Buffer): Answered {
    const release = this.all.find(({ assets }) => assets.some((asset) => asset.id === id));
    const asset = this.asset(id);
    if (!release || !asset) return MISSING;
    const name = String(fieldsOf(content).name);
    if (this.#isImmutable(release)) return refused('Cannot edit assets of an immutable release.');
    if (release.assets.some((other) => other !== asset && other.name === name))
      return refused('Validation Failed', 'already_exists');
    asset.name = name;
    return { status: 200, body: this.#shownAsset(asset) };
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
    upload_url: `${this.origin}/uploads/repos/ada/charts/releases/${release.id}/assets{?name,label}`,
  });

  readonly #shownAsset = ({ id, name, bytes, state }: FakeAsset): object => ({
    id,
    name,
    state,
    size: bytes.length,
    digest: this.#settings.hasNoDigests === true ? null : `sha256:${sha256(bytes)}`,
  });
}
