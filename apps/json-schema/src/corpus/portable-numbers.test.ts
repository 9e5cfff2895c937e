import fc from 'fast-check';
import { expect, it } from 'vitest';
import { portableNumbers } from './portable-numbers.js';

it('leaves no number that a language of 15 digits reads as another', () => {
  expect(portableNumbers({ checks: [{ due: 101661561362300.98 }] })).toEqual({
    checks: [{ due: 101661561362301 }],
  });
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (number) => {
      const portable = Number(portableNumbers(number));
      expect(Number(portable.toPrecision(15))).toBe(portable);
    }),
  );
});

it('leaves everything else as it is', () => {
  const document = { name: 'Tea', price: 50.25, sum: 1e20, positions: [null, true, -0.001], empty: {} };
  expect(portableNumbers(document)).toEqual(document);
});
