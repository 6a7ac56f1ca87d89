import { writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import {
  type RunningServer,
  type ServerOptions,
  startServer,
} from '../../../../generator/src/repository/serve/server.ts';
import { temporaryFolder, write } from '../../fileset/fixture.ts';

export const INDEX = `apiVersion: v1\nentries: {}\n${'# much of the same\n'.repeat(200)}`;

export const ARCHIVE = Buffer.from(Array.from({ length: 5000 }, (_, i) => i % 7));

/** Serves a repository of one chart, with files that nobody may see, until the test ends. */
export async function serve(
  options: ServerOptions = {},
): Promise<{ folder: string; server: RunningServer }> {
  const folder = temporaryFolder();
  write(join(folder, 'index.yaml'), INDEX);
  writeFileSync(join(folder, 'demo-1.0.0+1.tgz'), ARCHIVE);
  write(join(folder, 'demo-1.0.0+1.tgz.prov'), 'signed');
  write(join(folder, 'sub', 'other.txt'), 'text');
  write(join(folder, '.lock'), 'secret');
  write(join(folder, '.git', 'config'), 'secret');
  const server = await startServer(folder, { port: 0, ...options });
  onTestFinished(() => server.close());
  return { folder, server };
}

/** A request as it is written, without a client that tidies it up. */
export function raw(server: RunningServer, text: string): Promise<string> {
  const { port, hostname } = new URL(server.url);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname);
    let answer = '';
    socket.setEncoding('latin1').on('data', (piece: string) => (answer += piece));
    socket
      .on('end', () => {
        resolve(answer);
      })
      .on('error', reject);
    socket.write(`${text}\r\nHost: x\r\nConnection: close\r\n\r\n`);
  });
}

/** Headers that ask for bytes as they are in the file. */
export const plain = { 'accept-encoding': 'identity' };
