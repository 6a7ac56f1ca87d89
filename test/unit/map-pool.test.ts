import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { mapPool } from '../../generator/src/map-pool.ts';

test('keeps the order and never runs more than its size', async () => {
  let running = 0;
  let most = 0;
  const results = await mapPool([30, 5, 20, 1, 10], 2, async (delay) => {
    most = Math.max(most, (running += 1));
    await sleep(delay);
    running -= 1;
    return delay * 2;
  });
  expect(results).toEqual([60, 10, 40, 2, 20]);
  expect(most).toBe(2);
});

test('a failure cancels what is under way, begins nothing more, and is thrown', async () => {
  const begun: number[] = [];
  const ended: number[] = [];
  const running = mapPool([0, 1, 2, 3], 2, async (item, signal) => {
    begun.push(item);
    if (item === 1) throw new Error('broken');
    await sleep(10_000, undefined, { signal }).finally(() => ended.push(item));
  });
  await expect(running).rejects.toThrow('broken');
  expect([begun, ended]).toEqual([[0, 1], [0]]);
});
