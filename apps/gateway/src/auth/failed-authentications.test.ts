import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { FailedAuthentications } from './authentication-throttle.js';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

const [guesser, other] = ['203.0.113.7', '203.0.113.8'];

async function isRefused(failures: FailedAuthentications, address: string): Promise<boolean> {
  try {
    await failures.refuseGuessing(address);
    return false;
  } catch (error) {
    expect(error).toMatchObject({ code: 'access.rate', retryable: true });
    return true;
  }
}

it('refuses an address until the minute that began with its first failure is over', async () => {
  const failures = new FailedAuthentications(2);
  expect(await isRefused(failures, guesser)).toBe(false);
  await failures.count(guesser);
  await vi.advanceTimersByTimeAsync(30_000);
  expect(await isRefused(failures, guesser)).toBe(false);
  await failures.count(guesser);
  expect(await isRefused(failures, guesser)).toBe(true);
  expect(await isRefused(failures, other)).toBe(false);
  await vi.advanceTimersByTimeAsync(29_999);
  expect(await isRefused(failures, guesser)).toBe(true);
  await vi.advanceTimersByTimeAsync(1);
  expect(await isRefused(failures, guesser)).toBe(false);
});

it('remembers one address while another one fails later', async () => {
  const failures = new FailedAuthentications(1);
  await failures.count(guesser);
  await vi.advanceTimersByTimeAsync(59_000);
  await failures.count(other);
  expect([await isRefused(failures, guesser), await isRefused(failures, other)]).toEqual([true, true]);
  await vi.advanceTimersByTimeAsync(58_000);
  expect([await isRefused(failures, guesser), await isRefused(failures, other)]).toEqual([false, true]);
});

it('counts nothing without a limit', async () => {
  const failures = new FailedAuthentications(null);
  for (let count = 0; count < 10; count += 1) await failures.count(guesser);
  expect(await isRefused(failures, guesser)).toBe(false);
});
