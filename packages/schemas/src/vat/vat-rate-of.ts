import type { Country } from '../receipt/enumerations/country-of.js';
import type { VatCode } from '../receipt/enumerations/vat-codes.js';
import { type VatRate, vatRates } from './vat-rates.js';

const rates: Readonly<Record<Country, ReadonlyMap<VatCode, VatRate>>> = {
  ru: ratesOf('ru'),
  uz: ratesOf('uz'),
};

/** The rate that a code stands for in a country; `undefined` where the country has no such rate. */
export function vatRateOf(country: Country, code: VatCode): VatRate | undefined {
  return rates[country].get(code);
}

function ratesOf(country: Country): ReadonlyMap<VatCode, VatRate> {
  return new Map(vatRates.filter((rate) => rate.country === country).map((rate) => [rate.code, rate]));
}
