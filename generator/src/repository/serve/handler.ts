import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Credentials } from '../../network/request.ts';
import type { Access } from './access-log.ts';
import { CHALLENGE, isAuthorized } from './authentication.ts';
import { CompressedFiles } from './compressed-files.ts';
import { respondFile, respondText } from './respond.ts';
import { ServedFiles } from './served-files.ts';

/** Answers requests for the files of one folder. */
export class Handler {
  readonly #files: ServedFiles;
  readonly #compressed = new CompressedFiles();
  readonly #credentials: Credentials | undefined;
  readonly #log: (access: Access) => void;
  #underWay = 0;
  #whenIdle: (() => void)[] = [];

  /** @param root the folder, as a real path. */
  constructor(
    root: string,
    credentials: Credentials | undefined,
    log: (access: Access) => void = () => undefined,
  ) {
    this.#files = new ServedFiles(root);
    this.#credentials = credentials;
    this.#log = log;
  }

  /** Answers, in whatever way; never throws. */
  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.#underWay += 1;
    response.once('close', () => {
      this.#ended();
    });
    const time = new Date();
    const started = performance.now();
    const { method = '', url = '', httpVersion, headers } = request;
    const { remoteAddress: remote = '-' } = request.socket;
    const path = url.replace(/\?.*$/s, '');
    const known = this.#credentials && isAuthorized(headers.authorization, this.#credentials);
    const refused = known === false;
    const bytes = refused ? askForPassword(response) : await this.#answer(path, method, response);
    this.#log({
      ...{ time, remote, method, path, bytes, status: response.statusCode },
      user: known === true ? this.#credentials.username : undefined,
      protocol: `HTTP/${httpVersion}`,
      milliseconds: Math.round(performance.now() - started),
    });
  }

  /** Resolves once no request is under way. */
  idle(): Promise<void> {
    return new Promise((resolve) => {
      if (this.#underWay === 0) resolve();
      else this.#whenIdle.push(resolve);
    });
  }

  #ended(): void {
    this.#underWay -= 1;
    if (this.#underWay > 0) return;
    for (const resolve of this.#whenIdle.splice(0)) resolve();
  }

  /** Bytes of the body. */
  async #answer(path: string, method: string, response: ServerResponse): Promise<number> {
    if (method !== 'GET' && method !== 'HEAD') {
      response.setHeader('Allow', 'GET, HEAD');
      return respondText(response, 405, 'read only');
    }
    try {
      const file = await this.#files.open(path);
      if (!file) return respondText(response, 404, 'not found');
      return await respondFile(response, file, this.#compressed).finally(() => file.handle.close());
    } catch {
      // The client is gone, or the file cannot be read to its end.
      if (!response.headersSent) return respondText(response, 500, 'the file cannot be read');
      response.destroy();
      return 0;
    }
  }
}

function askForPassword(response: ServerResponse): number {
  response.setHeader('WWW-Authenticate', CHALLENGE);
  return respondText(response, 401, 'a user name and a password are needed');
}
