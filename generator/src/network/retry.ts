import { setTimeout as wait } from 'node:timers/promises';
import type { Progress } from '../progress.ts';
import { RequestFailure } from './failure.ts';
import { nameOfUrl } from './url.ts';

const ATTEMPTS = 4;
const FIRST_PAUSE_MILLISECONDS = 500;
/** Who asks for more is asked again by the next run. */
const LONGEST_PAUSE_MILLISECONDS = 60_000;

/**
 * Tries again what fails in passing, after pauses that double, or after the time that the server
 * asks for; each shifted at random, so that many clients do not come back all at once.
 * @throws RequestFailure of the last attempt.
 */
export async function withRetries<T>(
  attempt: () => Promise<T>,
  progress: Progress | undefined,
): Promise<T> {
  for (let number = 1; ; number += 1) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof RequestFailure) || !error.isTransient || number === ATTEMPTS)
        throw error;
      const pause = pauseAfter(error, number);
      if (pause > LONGEST_PAUSE_MILLISECONDS) throw error;
      const seconds = (pause / 1000).toFixed(1);
      progress?.(`${nameOfUrl(error.url)} ${error.message}: again in ${seconds} s`);
      await wait(pause);
    }
  }
}

/** Milliseconds to wait before the next attempt. */
function pauseAfter({ retryAfter }: RequestFailure, attempts: number): number {
  const usual = FIRST_PAUSE_MILLISECONDS * 2 ** (attempts - 1);
  return parseRetryAfter(retryAfter) + usual * (0.5 + Math.random() / 2);
}

/** Milliseconds from now, by RFC 9110 10.2.3 seconds or a date; 0 for no or another text. */
export function parseRetryAfter(text: string | undefined): number {
  if (text === undefined) return 0;
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  const date = Date.parse(text);
  return Number.isNaN(date) ? 0 : Math.max(date - Date.now(), 0);
}
