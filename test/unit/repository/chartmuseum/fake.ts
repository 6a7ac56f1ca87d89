import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import semver from 'semver';
import { readArchive } from '../../../../generator/src/archive/read.ts';
import { basicAuthorization, type Credentials } from '../../../../generator/src/network/request.ts';
import { createEntry } from '../../../../generator/src/repository/index-file/entry.ts';
import type { IndexEntry } from '../../../../generator/src/repository/index-file/types.ts';
import { listen, type TestServer } from '../../network/server.ts';
import { indexOf } from '../fixture.ts';

/**
 * What stands between a client and the fake. `forward` has it do what is asked, and answers where
 * the client is still there.
 */
export type Intercept = (
  request: IncomingMessage,
  response: ServerResponse,
  forward: () => unknown,
) => unknown;

export interface Settings {
  /** `/org/repo` where there are several tenants, as with --depth. */
  tenant?: string;
  credentials?: Credentials;
  /** As --max-upload-size. */
  maxUploadSize?: number;
  /** As --allow-overwrite. */
  allowOverwrite?: boolean;
  intercept?: Intercept;
}

interface Answer {
  status: number;
  body: string | Uint8Array;
}

type Files = Map<string, Buffer>;

const CREATED = '2026-01-01T00:00:00Z';
const json = (status: number, value: unknown): Answer => ({ status, body: JSON.stringify(value) });
const failed = (status: number, error: string) => json(status, { error });

/**
 * A stand-in for ChartMuseum 0.16 after its documentation and public source, over real HTTP. The
 * module of the real one is not to be had; where it is installed, test/helm compares the two.
 */
export class FakeChartMuseum {
  /** Archives and provenance files by name, of its only tenant. */
  readonly files: Files = new Map();
  /** What the index is made from: where it is another one than `files`, the index is behind. */
  indexed: Files = this.files;
  readonly #settings: Settings;

  constructor(settings: Settings = {}) {
    this.#settings = settings;
  }

  /** For servers of any kind. */
  readonly listener: RequestListener = (request, response) => {
    const forward = () => {
      const { status, body } = this.#answer(request, content);
      if (!response.destroyed) response.writeHead(status).end(body);
    };
    let content: Buffer;
    void (async () => {
      content = await buffer(request);
      await (this.#settings.intercept ?? ((_, __, go) => go()))(request, response, forward);
    })().catch(() => response.destroy());
  };

  /** Listens on loopback until the test ends. */
  async listen(): Promise<TestServer & { target: string; repository: string }> {
    const server = await listen(this.listener);
    const repository = `${server.url.origin}${this.#settings.tenant ?? ''}`;
    return { ...server, repository, target: `chartmuseum+${repository}` };
  }

  #answer(request: IncomingMessage, body: Buffer): Answer {
    const { credentials, tenant = '', maxUploadSize = Infinity } = this.#settings;
    const { method = '', headers } = request;
    if (credentials && headers.authorization !== basicAuthorization(credentials))
      return failed(401, 'unauthorized');
    if (body.length > maxUploadSize) return failed(413, 'request too large');
    const path = decodeURIComponent(new URL(request.url ?? '', 'http://fake').pathname);
    const below = (prefix: string) =>
      path.startsWith(prefix) ? path.slice(prefix.length).split('/') : undefined;
    const [api, repository] = [below(`/api${tenant}/`), below(`${tenant}/`)];
    const answer =
      (api && this.#api(method, api, body, headers['content-type'] ?? '')) ??
      (repository && this.#repository(method, repository));
    return answer ?? failed(404, 'not found');
  }

  #repository(method: string, [first, name = '']: string[]): Answer | undefined {
    if (method !== 'GET') return undefined;
    if (first === 'index.yaml') return { status: 200, body: this.#index() };
    if (first !== 'charts') return undefined;
    const body = this.files.get(name);
    return body ? { status: 200, body } : failed(404, 'object not found');
  }

  #api(method: string, parts: string[], body: Buffer, type: string): Answer | undefined {
    const [kind = '', name, version] = parts;
    if (method === 'POST' && parts.length === 1) return this.#upload(kind, body, type);
    if (method !== 'GET' || kind !== 'charts' || !name || !version) return undefined;
    return parts.length === 3 ? this.#entry(name, version) : undefined;
  }

  #upload(kind: string, body: Buffer, type: string): Answer | undefined {
    if (kind === 'prov') return this.#store([[provenanceNameOf(body), body]]);
    if (kind !== 'charts') return undefined;
    const [, boundary] = /^multipart\/form-data; boundary=(.+)$/.exec(type) ?? [];
    if (boundary === undefined) return this.#store([[archiveNameOf(body), body]]);
    const { chart, prov } = filesOf(body, boundary);
    return this.#store([
      ...(chart ? [[archiveNameOf(chart), chart] as const] : []),
      ...(prov ? [[provenanceNameOf(prov), prov] as const] : []),
    ]);
  }

  /** All of them, or where one is there already none. */
  #store(files: (readonly [name: string | undefined, content: Buffer])[]): Answer {
    const { allowOverwrite = false } = this.#settings;
    if (files.some(([name]) => name === undefined)) return failed(400, 'invalid file');
    if (!allowOverwrite && files.some(([name = '']) => this.files.has(name)))
      return failed(409, 'file already exists');
    for (const [name = '', content] of files) this.files.set(name, content);
    return json(201, { saved: true });
  }

  /** As Helm looks up a version (IndexFile.Get): by its text, else as a range. */
  #entry(name: string, version: string): Answer {
    const entries = this.#entries().filter((entry) => entry.name === name);
    const found =
      entries.find((entry) => entry.version === version) ??
      entries.find((entry) => semver.satisfies(entry.version, version));
    return found ? json(200, found) : failed(404, 'no chart version found');
  }

  #entries(): IndexEntry[] {
    return [...this.indexed].flatMap(([name, bytes]) =>
      name.endsWith('.tgz')
        ? [createEntry(readArchive(bytes, name), `charts/${name}`, CREATED)]
        : [],
    );
  }

  #index(): Uint8Array {
    const charts: Record<string, IndexEntry[]> = {};
    for (const entry of this.#entries()) (charts[entry.name] ??= []).push(entry);
    // What ChartMuseum adds to Helm's fields.
    return Buffer.concat([indexOf(charts).bytes, Buffer.from('serverInfo: {}\n')]);
  }
}

export const pathsOf = (requests: readonly IncomingMessage[]) =>
  requests.map(({ method, url }) => `${method} ${url}`);

export const isUpload = ({ method }: IncomingMessage) => method === 'POST';

/** A fake with `spoil` in front of the first upload. */
export function spoilUpload(spoil: Intercept): FakeChartMuseum {
  let isSpoilt = false;
  return new FakeChartMuseum({
    intercept: (request, response, forward) => {
      if (isSpoilt || !isUpload(request)) return forward();
      isSpoilt = true;
      return spoil(request, response, forward);
    },
  });
}

/** The files of a form by their fields (RFC 7578). */
function filesOf(body: Buffer, boundary: string): Partial<Record<string, Buffer>> {
  const parts = body.toString('latin1').split(`--${boundary}`).slice(1, -1);
  return Object.fromEntries(
    parts.flatMap((part) => {
      const end = part.indexOf('\r\n\r\n');
      const [, field] = /name="(\w+)"; filename="[^"]+"/.exec(part.slice(0, end)) ?? [];
      const content = Buffer.from(part.slice(end + 4, -2), 'latin1');
      return field === undefined ? [] : [[field, content]];
    }),
  );
}

function archiveNameOf(content: Buffer): string | undefined {
  try {
    return readArchive(content, 'upload').fileName;
  } catch {
    return undefined;
  }
}

function provenanceNameOf(content: Buffer): string | undefined {
  const text = content.toString();
  const [name, version] = [/\nname:[ *](.+)/, /\nversion:[ *](.+)/].map(
    (field) => field.exec(text)?.[1],
  );
  const isSigned = text.startsWith('-----BEGIN PGP SIGNED MESSAGE-----');
  return isSigned && name && version ? `${name}-${version}.tgz.prov` : undefined;
}
