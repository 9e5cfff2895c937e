import type { Country } from './enumerations/country-of.js';

/** The largest price, sum and total of a country, in minor units (kopecks, tiyin). */
export const maximumAmountMinor: Readonly<Record<Country, number>> = {
  ru: 4_294_967_295,
  uz: 999_999_999_999,
};

/** What amounts of a country are counted in. */
export const currencyUnits: Readonly<Record<Country, string>> = { ru: 'roubles', uz: 'sums' };
