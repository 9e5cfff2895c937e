import type { Country } from '../receipt/enumerations/country-of.js';
import type { VatCode } from '../receipt/enumerations/vat-codes.js';
import { type VatRate, vatRates } from './vat-rates.js';

/** The rate that a code stands for in a country; `undefined` where the country has no such rate. */
export function vatRateOf(country: Country, code: VatCode): VatRate | undefined {
  return vatRates.find((rate) => rate.country === country && rate.code === code);
}
