import { setTimeout as sleep } from 'node:timers/promises';
import type { ChartArchive } from '../../archive/archive.ts';
import type { Progress } from '../../progress.ts';

/**
 * How many requests that create something GitHub takes in an hour
 * (https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api#about-secondary-rate-limits).
 */
const REQUESTS_AN_HOUR = 500;
const HOUR_MILLISECONDS = 3_600_000;

/** What time it is, and waiting; both in milliseconds. */
export interface Clock {
  now: () => number;
  sleep: (milliseconds: number) => Promise<unknown>;
}

/** Keeps the requests of this process within the limit of an hour. */
export class HourlyLimit {
  readonly #clock: Clock;
  /** When the requests of the last hour were let through. */
  #times: number[] = [];

  constructor(clock: Clock = { now: Date.now, sleep }) {
    this.#clock = clock;
  }

  /** Comes back when there is room for one more request, which is counted. */
  async take(progress: Progress): Promise<void> {
    for (;;) {
      const now = this.#clock.now();
      this.#times = this.#times.filter((time) => time > now - HOUR_MILLISECONDS);
      const [oldest = now] = this.#times;
      if (this.#times.length < REQUESTS_AN_HOUR) {
        this.#times.push(now);
        return;
      }
      const end = oldest + HOUR_MILLISECONDS;
      const minute = new Date(end).toTimeString().slice(0, 'hh:mm'.length);
      progress(
        `waiting until ${minute}: GitHub allows ${REQUESTS_AN_HOUR} requests that create something an hour`,
      );
      await this.#clock.sleep(end - now);
    }
  }
}

/** Says of releases of archives that they take more than an hour; undefined where they do not. */
export function hourNotice(archives: readonly ChartArchive[]): string | undefined {
  // A draft, its files, and that it is published.
  const requests = archives.reduce((sum, { provenance }) => sum + (provenance ? 4 : 3), 0);
  if (requests <= REQUESTS_AN_HOUR) return undefined;
  const hours = Math.ceil(requests / REQUESTS_AN_HOUR) - 1;
  return `${archives.length} releases take ${requests} requests, of which GitHub allows ${REQUESTS_AN_HOUR} an hour: that is more than ${hours} h`;
}
