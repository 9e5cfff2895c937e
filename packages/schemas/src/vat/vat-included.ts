import { scaleRounded } from '../money/scale-rounded.js';
import type { VatCode } from '../receipt/enumerations/vat-codes.js';
import { vatRates } from './vat-rates.js';

/** No code differs in its fraction between countries. */
const rateByCode = new Map(vatRates.map((rate) => [rate.code, rate]));

/** The VAT in a VAT-inclusive amount, both in minor units: amount × rate / (100 + rate), halves rounded away from zero. */
export function vatIncluded(minor: number, vatCode: VatCode): number {
  const { numerator, denominator } = rateByCode.get(vatCode) ?? { numerator: 0, denominator: 1 };
  return scaleRounded(minor, numerator, denominator);
}
