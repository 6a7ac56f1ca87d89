import { once } from 'node:events';
import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { BaseCommand } from '../cli/base-command.ts';
import { readSecret } from '../files/secret.ts';
import { isLoopbackHost } from '../network/url.ts';
import { type Access, formatAccess } from '../repository/serve/access-log.ts';
import {
  DEFAULT_PORT,
  type HelmAccess,
  helmRepoAdd,
  LOOPBACK,
} from '../repository/serve/address.ts';
import { type RunningServer, startServer } from '../repository/serve/server.ts';

export default class Serve extends BaseCommand {
  static override readonly summary = 'Serve a folder as a chart repository over HTTP.';
  static override readonly description =
    'Read only, to this machine only unless --host says otherwise, until it is interrupted; downloads under way are then brought to their end, a second interrupt ends at once. Each request is a line on standard error, in the Common Log Format. With --json it prints one line, {"url": …}, when it is ready, and requests as JSON.';
  static override readonly examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> /srv/charts --port 0',
    '<%= config.bin %> <%= command.id %> --host 0.0.0.0 --tls-cert server.pem --tls-key server.key --username team --password-file password.txt',
  ];
  static override readonly args = {
    directory: Args.string({
      default: 'dist/repository',
      description: 'Folder with an index.yaml.',
    }),
  };
  static override readonly flags = {
    host: Flags.string({
      default: LOOPBACK,
      description: 'Name or address to listen on; 0.0.0.0 for all IPv4 addresses.',
    }),
    port: Flags.integer({
      default: DEFAULT_PORT,
      min: 0,
      max: 65_535,
      description: 'Port to listen on; 0 picks a free one.',
    }),
    username: Flags.string({
      description: 'Who may read, with the password of --password-file.',
      dependsOn: ['password-file'],
    }),
    'password-file': Flags.string({
      description: 'File whose only line is the password, - for standard input.',
      helpValue: 'FILE',
      dependsOn: ['username'],
    }),
    'tls-cert': Flags.string({
      description: 'Certificate for HTTPS, with those between it and its authority, in PEM.',
      helpValue: 'FILE',
      dependsOn: ['tls-key'],
    }),
    'tls-key': Flags.string({
      description: 'Private key of the certificate, in PEM.',
      helpValue: 'FILE',
      dependsOn: ['tls-cert'],
    }),
  };

  override async run(): Promise<void> {
    const { args, flags } = await this.parse(Serve);
    const { host, port, username, 'password-file': passwordFile } = flags;
    const { 'tls-cert': certificate, 'tls-key': key } = flags;
    const stopped = stopSignal();
    const server = await startServer(args.directory, {
      ...{ host, port },
      log: (access) => process.stderr.write(`${this.#formatAccess(access)}\n`),
      ...(username !== undefined &&
        passwordFile !== undefined && {
          credentials: { username, password: await readSecret(passwordFile, 'password') },
        }),
      ...(certificate !== undefined && key !== undefined && { tls: { certificate, key } }),
    });
    if (username !== undefined && certificate === undefined && !isLoopbackHost(host)) {
      this.warn('Without --tls-cert and --tls-key the password crosses the network in clear.');
    }
    const password = passwordFile === '-' ? undefined : passwordFile;
    this.#announce(args.directory, server, { certificate, password, username });
    await stopped;
    await server.close();
  }

  #announce(directory: string, { url }: RunningServer, access: HelmAccess): void {
    if (this.jsonEnabled()) process.stdout.write(`${JSON.stringify({ url })}\n`);
    else {
      this.log(`Serving ${directory} at ${url}; stop with Ctrl+C.\n`);
      this.log(helmRepoAdd(url, access));
    }
  }

  #formatAccess(access: Access): string {
    return this.jsonEnabled() ? JSON.stringify(access) : formatAccess(access);
  }
}

/** Resolves with the first signal to stop; the next one finds the listeners gone, and ends the process. */
async function stopSignal(): Promise<void> {
  const listening = new AbortController();
  const { signal } = listening;
  await Promise.race(['SIGINT', 'SIGTERM'].map((name) => once(process, name, { signal })));
  listening.abort();
}
