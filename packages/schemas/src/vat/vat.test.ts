import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { vatCodes } from '../enumerations/vat-codes.js';
import { namesOf } from '../fields/choice-field.js';
import { formatOffsetTime, registerDay, registerOffsetHours } from '../time/register-time.js';
import { vatIncluded, vatTotals } from './vat.js';
import { mayBeUsedOn, vatRateOf, vatRates } from './vat-rates.js';

describe('vatIncluded', () => {
  it.each([
    [10000, [476, 654, 909, 1667, 1803]],
    [20000, [952, 1308, 1818, 3333, 3607]],
    [45000, [2143, 2944, 4091, 7500, 8115]],
    [100001, [4762, 6542, 9091, 16667, 18033]],
    [999, [48, 65, 91, 167, 180]],
    [99, [5, 6, 9, 17, 18]],
    [3, [0, 0, 0, 1, 1]],
  ])('takes the tax out of %i minor units', (minor, taxes) => {
    const codes = ['vat_5', 'vat_7', 'vat_10', 'vat_20', 'vat_22'] as const;
    expect(codes.map((code) => vatIncluded(minor, code))).toEqual(taxes);
    const calculated = ['vat_105', 'vat_107', 'vat_110', 'vat_120', 'vat_122'] as const;
    expect(calculated.map((code) => vatIncluded(minor, code))).toEqual(taxes);
  });

  it('takes the Uzbek tax out of an amount', () => {
    expect([vatIncluded(1900000, 'vat_12'), vatIncluded(10600, 'vat_6')]).toEqual([203571, 600]);
  });

  it('takes nothing where there is no tax', () => {
    expect([vatIncluded(20000, 'none'), vatIncluded(20000, 'vat_0')]).toEqual([0, 0]);
  });
});

describe('vatTotals', () => {
  it('takes the tax once per rate, not per position', () => {
    const position = (vat_code: 'vat_20' | 'none', sum: number) => ({
      name: 'Tea',
      quantity: 1,
      price: sum,
      measure: 'piece' as const,
      payment_method: 'full_payment' as const,
      payment_object: 'goods' as const,
      vat_code,
      sum,
    });
    const positions = [position('vat_20', 100), position('none', 5), position('vat_20', 100)];
    expect(vatTotals({ positions })).toEqual([
      { vat_code: 'vat_20', turnover: 20000, vat: 3333 },
      { vat_code: 'none', turnover: 500, vat: 0 },
    ]);
  });
});

describe('vatRates', () => {
  it('know every code, each once per country and with one fraction', () => {
    expect(new Set(vatRates.map(({ code }) => code))).toEqual(new Set(namesOf(vatCodes)));
    const keys = vatRates.map(({ country, code }) => `${country} ${code}`);
    expect(new Set(keys).size).toBe(keys.length);
    const fractions = vatRates.map(
      ({ code, numerator, denominator }) => `${code} ${numerator}/${denominator}`,
    );
    expect(new Set(fractions).size).toBe(namesOf(vatCodes).length);
  });

  it('carry the values of tag 1199 in Russia alone', () => {
    const tags = vatRates.filter(({ country }) => country === 'ru').map(({ tag }) => Number(tag));
    expect(tags.sort((left, right) => left - right)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    expect(vatRateOf('uz', 'none')?.tag).toBeNull();
  });

  it('end and begin with the year', () => {
    expect(vatRateOf('ru', 'vat_20')).toMatchObject({ from: null, until: '2025-12-31' });
    expect(vatRateOf('ru', 'vat_22')).toMatchObject({ from: '2026-01-01', until: null });
    expect(vatRateOf('uz', 'vat_6')).toMatchObject({ from: '2026-06-01' });
    expect(vatRateOf('uz', 'vat_20')).toBeUndefined();
  });
});

describe('mayBeUsedOn', () => {
  const days = vatRates.flatMap(({ from, until }) => [from ?? [], until ?? []].flat());
  const hour = 3_600_000;
  /** Draws instants around the days of a change, and any other. */
  const instants = fc.oneof(
    fc
      .tuple(fc.constantFrom(...days), fc.integer({ min: -30, max: 30 }), fc.integer({ min: -1, max: 1 }))
      .map(([day, hours, ms]) => new Date(Date.parse(day) + hours * hour + ms)),
    fc.date({ min: new Date('1900-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }),
  );

  it("holds the days of a rate against the date on the register's clock", () => {
    fc.assert(
      fc.property(
        instants,
        fc.constantFrom('ru_1_2', 'uz_1_0'),
        fc.constantFrom(...vatRates),
        (now, format, rate) => {
          const today = formatOffsetTime(now, registerOffsetHours(format)).slice(0, 10);
          const applies = (rate.from ?? today) <= today && today <= (rate.until ?? today);
          expect(mayBeUsedOn(rate, registerDay(now, format))).toBe(applies);
        },
      ),
      { numRuns: 5_000 },
    );
  });
});
