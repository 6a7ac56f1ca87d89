import { retry } from '@octokit/plugin-retry';
import { throttling } from '@octokit/plugin-throttling';
import { Octokit } from '@octokit/rest';
import type { Progress } from '../../progress.ts';
import { HourlyLimit } from './hourly-limit.ts';

/** How often GitHub's limits, and requests that fail in passing, are waited for. */
const LIMIT_RETRIES = 3;
const FAILURE_RETRIES = 2;
/** Of GitHub's limits; the one of an hour can take longer, and is for the next run then. */
const LONGEST_WAIT_SECONDS = 900;
const TIMEOUT_MILLISECONDS = 300_000;
/** GitHub does not say which of them count: those that may. */
const CREATING: ReadonlySet<string> = new Set(['POST', 'PATCH', 'PUT']);

const ThrottledOctokit = Octokit.plugin(throttling, retry);
const quiet = () => undefined;

/** Of each server, so that all that talks to it in this process counts. */
const hourlyLimits = new Map<string, HourlyLimit>();

function hourlyLimitOf(baseUrl: string): HourlyLimit {
  const limit = hourlyLimits.get(baseUrl) ?? new HourlyLimit();
  hourlyLimits.set(baseUrl, limit);
  return limit;
}

/**
 * GitHub's API at the pace that GitHub asks of programs: writes one after the other, a second apart,
 * releases three (https://docs.github.com/rest/using-the-rest-api/best-practices-for-using-the-rest-api).
 */
export function createOctokit(baseUrl: string, auth: string, progress: Progress): Octokit {
  const wait = (seconds: number, _: unknown, __: unknown, retries: number) => {
    if (retries >= LIMIT_RETRIES || seconds > LONGEST_WAIT_SECONDS) return false;
    progress(`waiting ${seconds} s: GitHub's limit`);
    return true;
  };
  const limit = hourlyLimitOf(baseUrl);
  const fetchInTime: typeof fetch = async (url, options) => {
    if (CREATING.has(options?.method ?? '')) await limit.take(progress);
    // Nothing may take for ever.
    return fetch(url, { ...options, signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS) });
  };
  return new ThrottledOctokit({
    baseUrl,
    ...(auth !== '' && { auth }),
    userAgent: 'spark-charts',
    log: { debug: quiet, info: quiet, warn: quiet, error: quiet },
    request: { fetch: fetchInTime },
    retry: { retries: FAILURE_RETRIES },
    // Each server has its own limits, which all that talks to it in this process shares.
    throttle: { id: baseUrl, onRateLimit: wait, onSecondaryRateLimit: wait },
  });
}
