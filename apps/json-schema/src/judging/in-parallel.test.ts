import { setImmediate } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { inParallel } from './in-parallel.js';

it('works on a few items at a time, and keeps their order', async () => {
  let running = 0;
  let most = 0;
  const results = await inParallel([3, 1, 2, 0], 2, async (turns) => {
    running += 1;
    most = Math.max(most, running);
    for (let turn = 0; turn < turns; turn += 1) await setImmediate();
    running -= 1;
    return turns;
  });
  expect([results, most]).toEqual([[3, 1, 2, 0], 2]);
});

it('rejects with the first failure', async () => {
  const work = inParallel([1, 2], 2, (item) => Promise.reject(new Error(`item ${item}`)));
  await expect(work).rejects.toThrow('item 1');
});
