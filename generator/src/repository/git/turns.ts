import { setTimeout as sleep } from 'node:timers/promises';
import type { Progress } from '../../progress.ts';
import { GitFailure } from '../../git/failure.ts';

/** Each time that one is too late another one has pushed; so many have their turn in this time. */
const CONTENTION_MILLISECONDS = 300_000;
const FIRST_PAUSE_MILLISECONDS = { moved: 100, passing: 500 };
const LONGEST_PAUSE_MILLISECONDS = 5000;
/** How often the network may fail. */
const PASSING_FAILURES = 4;

/** Why something is worth another try: others were first, or it may pass. */
export type Retry = 'moved' | 'passing' | undefined;

function retryOfGit(error: unknown): Retry {
  return error instanceof GitFailure ? error.retry : undefined;
}

/**
 * Does something again, all of it, as long as others push first or the network fails in passing;
 * after pauses that double, at random, so that those who collide once do not do so again.
 * @throws what the last attempt has thrown.
 */
export async function takeTurns<T>(
  attempt: () => Promise<T>,
  progress: Progress,
  retryOf: (error: unknown) => Retry = retryOfGit,
): Promise<T> {
  const deadline = Date.now() + CONTENTION_MILLISECONDS;
  const failures = { moved: 0, passing: 0 };
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      const retry = retryOf(error);
      if (!retry || Date.now() > deadline) throw error;
      const pause = FIRST_PAUSE_MILLISECONDS[retry] * 2 ** failures[retry];
      failures[retry] += 1;
      if (failures.passing === PASSING_FAILURES) throw error;
      progress(
        retry === 'passing'
          ? 'the connection failed: trying again'
          : 'another one pushed first: doing it again on what is there now',
      );
      await sleep(Math.min(pause, LONGEST_PAUSE_MILLISECONDS) * (0.5 + Math.random() / 2));
    }
  }
}
