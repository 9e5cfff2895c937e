import { expect, it } from 'vitest';
import { until } from './until.js';

it('returns the first value that is not null', async () => {
  let reads = 0;
  const read = async () => (++reads < 3 ? null : reads);
  expect(await until('the third', read, { intervalMs: 1 })).toBe(3);
});

it('rejects after the limit, and passes on what reading throws', async () => {
  await expect(until('the sun', () => null, { intervalMs: 1, limitMs: 20 })).rejects.toThrow(
    'still not after 0.02 s: the sun',
  );
  await expect(until('the sun', () => Promise.reject(new Error('dark')))).rejects.toThrow('dark');
});
