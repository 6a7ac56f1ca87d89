import { EventEmitter, once } from 'node:events';
import { existsSync, watch, type FSWatcher } from 'node:fs';
import { dirname } from 'node:path';
import { fileSystemError } from '../errors.ts';

/** Editors write a file in several steps, and people save several files at once. */
const QUIET_MILLISECONDS = 100;

/** What git, our own writers and editors (Emacs, Vim, JetBrains) make on the way. */
const NOISE = [
  /(?:^|[\\/])(?:\.git|\.writing)(?:[\\/]|$)/,
  /(?:^|[\\/])(?:\.lock|\.writing|\.#|#|4913$)[^\\/]*$/,
  /(?:~|\.tmp|\.sw[a-z]|___)$/,
];

/** Files and folders that are watched, with all that is below them. */
export interface PathWatch {
  /**
   * Watches a path, and forgets what was seen of it: what took its place by rename is not what was
   * watched before.
   */
  renew(path: string): void;
  /**
   * Waits for a change and then until nothing changes for a moment.
   * @returns the paths that something changed in since the last call.
   * @throws UserError `FILE_SYSTEM` when a path cannot be watched.
   */
  changes(): Promise<ReadonlySet<string>>;
}

/** Begins to watch nothing. */
export function watchPaths(): PathWatch {
  const watchers = new Map<string, FSWatcher>();
  const changed = new Set<string>();
  const events = new EventEmitter();
  let failure: unknown;
  const fail = (error: unknown, path: string) => {
    failure = fileSystemError(error, `watching ${path}`);
    events.emit('event');
  };
  return {
    renew(path) {
      watchers.get(path)?.close();
      changed.delete(path);
      try {
        const watcher = openWatcher(path, () => {
          changed.add(path);
          events.emit('event');
        });
        watchers.set(path, watcher);
        watcher.on('error', (error) => {
          fail(error, path);
        });
      } catch (error) {
        fail(error, path);
      }
    },
    async changes() {
      if (changed.size === 0 && failure === undefined) await once(events, 'event');
      while (await happensSoon(events));
      if (failure !== undefined) throw failure as Error;
      const found = new Set(changed);
      changed.clear();
      return found;
    },
  };
}

/** Of what is not there the nearest folder is watched for its coming. */
function openWatcher(path: string, onChange: () => void): FSWatcher {
  if (!existsSync(path) && dirname(path) !== path) {
    const parent = dirname(path);
    return existsSync(parent) ? watch(parent, onChange) : openWatcher(parent, onChange);
  }
  return watch(path, { recursive: true }, (_, name) => {
    if (name === null || !NOISE.some((noise) => noise.test(name))) onChange();
  });
}

async function happensSoon(events: EventEmitter): Promise<boolean> {
  try {
    await once(events, 'event', { signal: AbortSignal.timeout(QUIET_MILLISECONDS) });
    return true;
  } catch {
    return false;
  }
}
