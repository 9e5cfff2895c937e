import type { Country } from '../enumerations/countries.js';
import { type VatCode, vatCodes } from '../enumerations/vat-codes.js';
import { dayOf } from '../time/calendar.js';

/** VAT code in one country: the part of an amount that is tax, and the days on which sales may carry it. */
export interface VatRate {
  readonly code: VatCode;
  readonly country: Country;
  /** Value of tag 1199; `null` in Uzbekistan, whose receipts have no such tag. */
  readonly tag: number | null;
  /** Tax in a VAT-inclusive amount is amount × numerator / denominator: 20 of 120 at 20 %. */
  readonly numerator: number;
  readonly denominator: number;
  /**
   * First day of use, `YYYY-MM-DD` on the register's calendar; `null` for always. A refund may keep the rate
   * of its sale.
   */
  readonly from: string | null;
  /** Last day of use. */
  readonly until: string | null;
}

/**
 * VAT rates by country, as dated data. Russia: 22 % replaces 20 % from 2026-01-01 (order 1050@ of
 * 2025-12-08), 5 % and 7 % come with 2025. Uzbekistan: 12 % since 2023-01-01, 6 % from 2026-06-01. A plain
 * rate and its calculated form (20/120) take the same tax out of an amount.
 */
export const vatRates: readonly VatRate[] = [
  ...ratesOf('ru', 'always', { none: 0, vat_0: 0, vat_10: 10, vat_110: 10 }),
  ...ratesOf('ru', { from: null, until: '2025-12-31' }, { vat_20: 20, vat_120: 20 }),
  ...ratesOf('ru', { from: '2025-01-01', until: null }, { vat_5: 5, vat_105: 5, vat_7: 7, vat_107: 7 }),
  ...ratesOf('ru', { from: '2026-01-01', until: null }, { vat_22: 22, vat_122: 22 }),
  ...ratesOf('uz', 'always', { none: 0, vat_0: 0 }),
  ...ratesOf('uz', { from: '2023-01-01', until: null }, { vat_12: 12, vat_112: 12 }),
  ...ratesOf('uz', { from: '2026-06-01', until: null }, { vat_6: 6 }),
];

function ratesOf(
  country: Country,
  days: 'always' | Pick<VatRate, 'from' | 'until'>,
  percents: Partial<Record<VatCode, number>>,
): VatRate[] {
  const { from, until } = days === 'always' ? { from: null, until: null } : days;
  return (Object.entries(percents) as [VatCode, number][]).map(([code, percent]) => ({
    code,
    country,
    tag: country === 'ru' ? vatCodes[code] : null,
    numerator: percent,
    denominator: 100 + percent,
    from,
    until,
  }));
}

const ratesByCountry: Readonly<Record<Country, ReadonlyMap<VatCode, VatRate>>> = {
  ru: ratesByCode('ru'),
  uz: ratesByCode('uz'),
};

/** Returns the rate of a code in a country; `undefined` if the country has none. */
export function vatRateOf(country: Country, code: VatCode): VatRate | undefined {
  return ratesByCountry[country].get(code);
}

function ratesByCode(country: Country): ReadonlyMap<VatCode, VatRate> {
  return new Map(vatRates.filter((rate) => rate.country === country).map((rate) => [rate.code, rate]));
}

/** First and last day of a rate, counted like the register's days. */
type Days = readonly [first: number | null, last: number | null];

/** Days of each rate, counted once, since every position of every receipt is checked against them. */
const daysOfRates = new Map<VatRate, Days>(vatRates.map((rate) => [rate, daysOf(rate)]));

/** Checks whether a sale may carry the rate on a day of the register's calendar. */
export function mayBeUsedOn(rate: VatRate, day: number): boolean {
  const [first, last] = daysOfRates.get(rate) ?? daysOf(rate);
  return (first === null || first <= day) && (last === null || day <= last);
}

function daysOf({ from, until }: VatRate): Days {
  return [from === null ? null : dayOf(from), until === null ? null : dayOf(until)];
}

/**
 * Calculated form of each plain rate in Russia (tag 1199), for money taken before delivery; none of 0 % and
 * of no VAT.
 */
export const calculatedVatCodes: Readonly<Partial<Record<VatCode, VatCode>>> = {
  vat_5: 'vat_105',
  vat_7: 'vat_107',
  vat_10: 'vat_110',
  vat_20: 'vat_120',
  vat_22: 'vat_122',
};

/** Rate that has replaced another in Russia, for what is delivered after the last day of the other. */
export const replacedVatCodes: Readonly<Partial<Record<VatCode, VatCode>>> = { vat_20: 'vat_22' };
