import { expect, onTestFinished, test, vi } from 'vitest';
import { GitHubStore } from '../../../../generator/src/repository/github/github-store.ts';
import {
  HourlyLimit,
  hourNotice,
} from '../../../../generator/src/repository/github/hourly-limit.ts';
import { archiveOf } from '../../archive/fixture.ts';
import { signed } from '../directory/fixture.ts';
import { FakeGitHub } from './fake.ts';

const MINUTE = 60_000;
const NOON = Date.UTC(2026, 0, 1, 12);

/** A limit, by a clock on which waiting takes no time. */
function start() {
  let time = NOON;
  const waits: number[] = [];
  const sleep = (milliseconds: number) => {
    waits.push(milliseconds);
    time += milliseconds;
    return Promise.resolve();
  };
  const messages: string[] = [];
  const limit = new HourlyLimit({ now: () => time, sleep });
  const take = async (count: number) => {
    for (let number = 0; number < count; number += 1)
      await limit.take((message) => messages.push(message));
  };
  return { take, waits, messages, pass: (milliseconds: number) => (time += milliseconds) };
}

test('500 requests in an hour wait for nothing', async () => {
  const { take, waits, messages } = start();
  await take(500);
  expect([waits, messages]).toEqual([[], []]);
});

test('the next one waits until the first is an hour old, and says until when', async () => {
  const { take, waits, messages, pass } = start();
  await take(1);
  pass(5 * MINUTE);
  await take(499);
  pass(10 * MINUTE);
  await take(2);
  expect(waits).toEqual([45 * MINUTE, 5 * MINUTE]);
  expect(messages).toEqual([
    'waiting until 13:00: GitHub allows 500 requests that create something an hour',
    'waiting until 13:05: GitHub allows 500 requests that create something an hour',
  ]);
});

test('what is over an hour old does not count', async () => {
  const { take, waits, pass } = start();
  await take(500);
  pass(60 * MINUTE);
  await take(500);
  expect(waits).toEqual([]);
});

test('more releases than an hour takes are told of', async () => {
  const archive = await archiveOf();
  const many = (count: number) => Array.from({ length: count }, () => archive);
  expect(hourNotice(many(166))).toBeUndefined();
  expect(hourNotice(many(167))).toBe(
    '167 releases take 501 requests, of which GitHub allows 500 an hour: that is more than 1 h',
  );
  const both = Array.from({ length: 251 }, () => signed(archive));
  expect(hourNotice(both)).toContain('251 releases take 1004 requests');
  expect(hourNotice(both)).toContain('more than 2 h');
});

test('all that creates something is counted, also where it is tried again', async () => {
  const take = vi.spyOn(HourlyLimit.prototype, 'take');
  onTestFinished(() => {
    take.mockRestore();
  });
  let isRefused = false;
  const fake = new FakeGitHub({
    intercept: (line, _, response) => {
      if (isRefused || !line.includes('assets?name=')) return false;
      isRefused = true;
      response.writeHead(502).end();
      return true;
    },
  });
  const environment = await fake.listen();
  const store = new GitHubStore('github:ada/charts', { environment });
  await store.publish([await archiveOf()], () => undefined);
  expect(fake.requests.filter((line) => !line.startsWith('GET'))).toHaveLength(3);
  expect(take).toHaveBeenCalledTimes(4);
});
