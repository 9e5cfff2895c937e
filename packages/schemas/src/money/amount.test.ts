import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { amountToNumber, formatAmount, parseAmount } from './amount.js';
import { readDecimal } from './decimal.js';

const minorUnits = fc.integer({ min: 0, max: 999_999_999_999 });

describe('amounts', () => {
  it('come back from text and from number as they were', () => {
    fc.assert(
      fc.property(minorUnits, (minor) => {
        expect(parseAmount(formatAmount(minor))).toBe(minor);
        expect(parseAmount(amountToNumber(minor))).toBe(minor);
        expect(parseAmount(JSON.parse(JSON.stringify(amountToNumber(minor))))).toBe(minor);
      }),
      { numRuns: 5_000 },
    );
  });

  it('are read from a number as from the text that it is written as', () => {
    const near = fc.tuple(fc.nat(10 ** 9), fc.integer({ min: -2, max: 2 })).map(([units, step]) => {
      const number = units / 1_000;
      return number + step * Number.EPSILON * number;
    });
    const plain = fc
      .oneof(
        fc.double(),
        near,
        fc.maxSafeInteger().map((units) => units / 100),
      )
      .filter((number) => /^-?\d+(\.\d+)?$/.test(String(number)));
    fc.assert(
      fc.property(plain, fc.constantFrom(2, 3), (number, places) => {
        expect(readDecimal(number, places)).toBe(readDecimal(String(number), places));
      }),
      { numRuns: 10_000 },
    );
  });

  it.each([
    [0, '0.00'],
    [5, '0.05'],
    [20000, '200.00'],
    [-105, '-1.05'],
  ])('%i minor units are written %s', (minor, text) => {
    expect(formatAmount(minor)).toBe(text);
  });

  it.each([
    ['200', 20000],
    ['200.5', 20050],
    ['103.0000', 10300],
    ['0.5000000000000000000000', 50],
    [0.29, 29],
    [1.005e2, 10050],
    [-0, 0],
    [9_999_999_999_999.99, 999_999_999_999_999],
  ])('%j is %i minor units', (value, minor) => {
    expect(parseAmount(value)).toBe(minor);
  });

  it.each([
    ['50,00', 'amount.format'],
    ['0.1+0.2', 'amount.format'],
    ['1e3', 'amount.format'],
    ['', 'amount.format'],
    [' 1', 'amount.format'],
    ['+1', 'amount.format'],
    ['.5', 'amount.format'],
    ['5.', 'amount.format'],
    ['007', 'amount.format'],
    ['1_000', 'amount.format'],
    ['Infinity', 'amount.format'],
    ['٣', 'amount.format'],
    [Number.NaN, 'amount.format'],
    ['1.001', 'amount.precision'],
    ['103.0050', 'amount.precision'],
    [0.1 + 0.2, 'amount.precision'],
    [1e-9, 'amount.precision'],
    [-1, 'amount.negative'],
    ['-0.01', 'amount.negative'],
    [-1e30, 'amount.negative'],
    [Number.NEGATIVE_INFINITY, 'amount.negative'],
    [Number.POSITIVE_INFINITY, 'amount.range'],
    [1e21, 'amount.range'],
    [90_071_992_547_409.91, 'amount.range'],
    ['10000000000000.00', 'amount.range'],
    ['9'.repeat(400), 'amount.range'],
  ])('%j is refused with %s', (value, code) => {
    expect(() => parseAmount(value)).toThrow(expect.objectContaining({ code }));
  });
});
