import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { findTool } from '../../generator/src/helm/find.ts';

/** A registry on this machine that keeps all in memory, at one port for its life. */
export interface BenchRegistry {
  /** `localhost:<port>` */
  host: string;
  /** Makes it an empty one. */
  restart: () => Promise<void>;
  stop: () => void;
}

/** Starts a registry at any free port. */
export async function startRegistry(): Promise<BenchRegistry> {
  const program = await findTool('registry', console.error);
  let child: ChildProcess | undefined;
  const stop = () => child?.kill('SIGKILL');
  const start = async (port: string) => {
    const started = spawn(program, ['-port', port], { stdio: ['ignore', 'ignore', 'pipe'] });
    child = started;
    const [line] = (await once(createInterface(started.stderr), 'line')) as [string];
    // Its log has to be read, or it would wait in the end.
    started.stderr.resume();
    return /serving on port (\d+)/.exec(line)?.[1] ?? '';
  };
  const port = await start('0');
  const restart = async () => {
    const ended = child && once(child, 'exit');
    stop();
    await ended;
    await start(port);
  };
  return { host: `localhost:${port}`, restart, stop };
}
