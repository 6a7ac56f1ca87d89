import { once } from 'node:events';
import { Args, Flags } from '@oclif/core';
import { BaseCommand } from '../cli/base-command.ts';
import { DEFAULT_PORT, startServer } from '../repository/serve/server.ts';

export default class Serve extends BaseCommand {
  static override readonly summary = 'Serve a folder as a chart repository on this machine.';
  static override readonly description =
    'Read only, to this machine only (127.0.0.1), until it is interrupted. With --json it prints one line, {"url": …}, when it is ready.';
  static override readonly examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> /srv/charts --port 0',
  ];
  static override readonly args = {
    directory: Args.string({
      default: 'dist/repository',
      description: 'Folder with an index.yaml.',
    }),
  };
  static override readonly flags = {
    port: Flags.integer({
      default: DEFAULT_PORT,
      min: 0,
      max: 65_535,
      description: 'Port to listen on; 0 picks a free one.',
    }),
  };

  override async run(): Promise<void> {
    const { args, flags } = await this.parse(Serve);
    const stopped = Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
    const server = await startServer(args.directory, { port: flags.port });
    if (this.jsonEnabled()) process.stdout.write(`${JSON.stringify({ url: server.url })}\n`);
    else {
      this.log(`Serving ${args.directory} at ${server.url}; stop with Ctrl+C.\n`);
      this.log(`helm repo add spark-charts ${server.url}`);
    }
    await stopped;
    await server.close();
  }
}
