import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

/** Counts changes of the file system and kills this process before the given one, counted from 0. */
export class KillBeforeChange {
  readonly #killAt: number;
  #count = 0;

  constructor(killAt: number) {
    this.#killAt = killAt;
  }

  readonly count = (): void => {
    if (this.#count++ === this.#killAt) process.kill(process.pid, 'SIGKILL');
  };

  /** Lets the count begin anew. */
  restart(): void {
    this.#count = 0;
  }

  /** Has calls of these functions counted; to be called before the modules under test are imported. */
  watch(names: readonly string[], promised: readonly string[]): void {
    this.#wrap(fs, names);
    this.#wrap(fs.promises, promised);
    syncBuiltinESMExports();
  }

  #wrap(module: object, names: readonly string[]): void {
    const functions = module as Record<string, (...values: unknown[]) => unknown>;
    for (const name of names) {
      const original = functions[name];
      if (!original) throw new Error(`there is no function ${name}`);
      functions[name] = (...values) => {
        this.count();
        return original(...values);
      };
    }
  }
}
