import { setTimeout as delay } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { shareCalls, shareRecent } from './single-flight.js';

it('shares one call among those who ask at once', async () => {
  let calls = 0;
  const shared = shareCalls(async () => {
    calls += 1;
    await delay(1);
    return calls;
  });
  expect(await Promise.all([shared(), shared(), shared()])).toEqual([1, 1, 1]);
  expect(await shared()).toBe(2);
});

it('answers with a recent result, and renews it meanwhile', async () => {
  let calls = 0;
  const recent = shareRecent(async () => ++calls, { renewedAfterMs: 20, usableForMs: 10_000 });
  expect([await recent(), await recent()]).toEqual([1, 1]);
  await delay(30);
  expect(await recent()).toBe(1);
  await delay(0);
  expect(await recent()).toBe(2);
});

it('waits for a new result when the latest is too old', async () => {
  let calls = 0;
  const recent = shareRecent(async () => ++calls, { renewedAfterMs: 0, usableForMs: 20 });
  await recent();
  await delay(30);
  expect(await recent()).toBe(2);
});

it('shows a failure in the call after the renewal that failed, and keeps none', async () => {
  let fails = false;
  const work = async () => {
    if (fails) throw new Error('The ledger is away.');
    return 'ok';
  };
  const recent = shareRecent(work, { renewedAfterMs: 0, usableForMs: 10_000 });
  await recent();
  fails = true;
  expect(await recent()).toBe('ok');
  await delay(0);
  await expect(recent()).rejects.toThrow('away');
  fails = false;
  expect(await recent()).toBe('ok');
});
