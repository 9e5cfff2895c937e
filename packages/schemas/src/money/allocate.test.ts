import { Decimal } from 'decimal.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allocate } from './allocate.js';

const weight = fc.oneof(fc.nat(300), fc.nat(999_999_999_999));

describe('allocate', () => {
  it('shares exactly, each share the proportion rounded down or up', () => {
    fc.assert(
      fc.property(
        fc.nat(999_999_999_999),
        fc.array(weight, { minLength: 1, maxLength: 12 }),
        (amount, weights) => {
          const shares = allocate(amount, weights);
          expect(shares.reduce((sum, share) => sum + share, 0)).toBe(amount);
          const total = Decimal.sum(...weights);
          if (total.isZero()) return;
          shares.forEach((share, index) => {
            const exact = new Decimal(amount).times(weights[index] ?? 0).div(total);
            expect(exact.minus(share).abs().lessThan(1)).toBe(true);
            if (total.gte(amount)) expect(share).toBeLessThanOrEqual(weights[index] ?? 0);
          });
        },
      ),
      { numRuns: 5_000 },
    );
  });

  it.each([
    [100, [1, 1, 1], [34, 33, 33]],
    [5, [0, 3, 0, 1], [0, 4, 0, 1]],
    [1, [1, 1], [1, 0]],
    [7, [0, 0], [7, 0]],
    [0, [3, 4], [0, 0]],
  ])('shares %i by %j as %j', (amount, weights, shares) => {
    expect(allocate(amount, weights)).toEqual(shares);
  });
});
