import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { backOffMs } from './retry-policy.js';

const retry = { baseMs: 500, factor: 2, capMs: 600_000, jitter: 0.2 };

describe('backOffMs', () => {
  it.each([
    [0, 500],
    [1, 1_000],
    [4, 8_000],
    [10, 512_000],
    [11, 600_000],
    [100_000, 600_000],
  ])('after %i earlier delays waits %i ms in the middle of the jitter', (earlier, expected) => {
    expect(backOffMs(retry, earlier, () => 0.5)).toBe(expected);
  });

  it('stays within the jitter and the cap', () => {
    fc.assert(
      fc.property(fc.nat(40), fc.double({ min: 0, max: 0.999, noNaN: true }), (earlier, random) => {
        const middle = Math.min(500 * 2 ** earlier, 600_000);
        const waits = backOffMs(retry, earlier, () => random);
        expect(waits).toBeGreaterThanOrEqual(Math.floor(middle * 0.8));
        expect(waits).toBeLessThanOrEqual(Math.min(Math.ceil(middle * 1.2), 600_000));
      }),
    );
  });
});
