import { Decimal } from 'decimal.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { multiplyAmount } from './amount.js';
import { divideRounded, scaleRounded } from './decimal.js';
import { parseQuantity, quantityToNumber } from './quantity.js';

const thousandths = fc.integer({ min: 1, max: 99_999_999 });

describe('quantities', () => {
  it('come back from number and text as they were', () => {
    fc.assert(
      fc.property(thousandths, (quantity) => {
        expect(parseQuantity(quantityToNumber(quantity))).toBe(quantity);
        expect(parseQuantity(String(quantityToNumber(quantity)))).toBe(quantity);
      }),
      { numRuns: 5_000 },
    );
  });

  it.each([
    ['2 pieces', 'quantity.format'],
    ['0,5', 'quantity.format'],
    [0.0001, 'quantity.precision'],
    [0, 'quantity.range'],
    [-1, 'quantity.range'],
    [100_000, 'quantity.range'],
  ])('%j is refused with %s', (value, code) => {
    expect(() => parseQuantity(value)).toThrow(expect.objectContaining({ code }));
  });
});

describe('multiplyAmount', () => {
  it.each([
    [100, 5, 1],
    [100, 4, 0],
    [5000, 2000, 10000],
    [999, 333, 333],
  ])('%i minor units × %i thousandths are %i', (price, quantity, sum) => {
    expect(multiplyAmount(price, quantity)).toBe(sum);
  });

  it('equals an independent decimal arithmetic, also beyond 2^53', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4_294_967_295 }), thousandths, (price, quantity) => {
        const exact = new Decimal(price).times(quantity).div(1000);
        expect(multiplyAmount(price, quantity)).toBe(
          exact.toDecimalPlaces(0, Decimal.ROUND_HALF_UP).toNumber(),
        );
      }),
      { numRuns: 5_000 },
    );
  });
});

describe('scaleRounded', () => {
  it('equals the division of whole numbers of any size', () => {
    const units = fc.oneof(fc.maxSafeInteger(), fc.integer({ min: -9_999, max: 9_999 }));
    const numerator = fc.oneof(fc.nat(122), fc.integer({ min: -99_999_999, max: 99_999_999 }));
    const denominator = fc.constantFrom(1, 2, 3, 105, 122, 1000);
    fc.assert(
      fc.property(units, numerator, denominator, (amount, above, below) => {
        const exact = divideRounded(BigInt(amount) * BigInt(above), BigInt(below));
        expect(scaleRounded(amount, above, below)).toBe(Number(exact));
      }),
      { numRuns: 10_000 },
    );
  });

  it.each([
    [0.5, 2, 1000],
    [2, 0.5, 1000],
    [Number.NaN, 1, 1],
  ])('refuses parts of units: %d × %d', (...parts) => {
    expect(() => scaleRounded(...parts)).toThrow(RangeError);
  });
});

describe('divideRounded', () => {
  it.each([
    [1n, 2n, 1n],
    [-1n, 2n, -1n],
    [-1n, 3n, 0n],
    [5n, 3n, 2n],
    [-5n, 2n, -3n],
  ])('%i / %i is %i', (numerator, denominator, quotient) => {
    expect(divideRounded(numerator, denominator)).toBe(quotient);
  });
});
