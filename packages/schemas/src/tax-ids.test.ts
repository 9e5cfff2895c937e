import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isIkpu, isInn, isPinfl, isTin } from './tax-ids.js';

describe('isInn', () => {
  it.each(['5544332219', '7709364346', '500100732259', '7700000070'])('takes %s', (text) => {
    expect(isInn(text)).toBe(true);
  });

  it.each([
    '1234567891',
    '500100732258',
    '500100732269',
    '000000000000',
    '0000000000',
    '123456789',
    '',
    '55443322l9',
  ])('refuses %j', (text) => {
    expect(isInn(text)).toBe(false);
  });

  it('notices every single wrong digit', () => {
    const inn = '5544332219';
    fc.assert(
      fc.property(fc.nat(9), fc.nat(9), (place, digit) => {
        fc.pre(inn[place] !== String(digit));
        expect(isInn(inn.slice(0, place) + digit + inn.slice(place + 1))).toBe(false);
      }),
    );
  });
});

it('tells Uzbek ids by their length', () => {
  const digits = '1234567890123456789';
  expect([8, 9, 10].map((length) => isTin(digits.slice(0, length)))).toEqual([false, true, false]);
  expect([13, 14, 15].map((length) => isPinfl(digits.slice(0, length)))).toEqual([false, true, false]);
  expect([16, 17, 18].map((length) => isIkpu(digits.slice(0, length)))).toEqual([false, true, false]);
  expect(isTin('12345678a')).toBe(false);
});
