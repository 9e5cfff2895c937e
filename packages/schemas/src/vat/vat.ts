import type { PlainCorrection } from '../correction/correction.js';
import type { VatCode } from '../enumerations/vat-codes.js';
import { parseAmount } from '../money/amount.js';
import { scaleRounded } from '../money/decimal.js';
import type { Receipt } from '../receipt/receipt.js';
import { vatRates } from './vat-rates.js';

/** Rates by code: no code differs in its fraction between countries. */
const rateByCode = new Map(vatRates.map((rate) => [rate.code, rate]));

/**
 * Returns the VAT in a VAT-inclusive amount, both in minor units: amount × rate / (100 + rate), halves
 * rounded away from zero.
 */
export function vatIncluded(minor: number, vatCode: VatCode): number {
  const { numerator, denominator } = rateByCode.get(vatCode) ?? { numerator: 0, denominator: 1 };
  return scaleRounded(minor, numerator, denominator);
}

/** Turnover and VAT of one rate in a receipt, in minor units. */
export interface VatTotal {
  readonly vat_code: VatCode;
  readonly turnover: number;
  readonly vat: number;
}

/**
 * Returns the VAT of a receipt or correction by rate, in order of first appearance. The tax is taken once per
 * rate, out of the turnover of that rate, so that the roundings of single positions do not add up. A correction
 * without positions says it itself.
 */
export function vatTotals(
  receipt: Pick<Receipt, 'positions'> | Pick<PlainCorrection, 'vat_totals'>,
): VatTotal[] {
  if ('vat_totals' in receipt) {
    return receipt.vat_totals.map(({ vat_code, turnover, vat }) => {
      return { vat_code, turnover: parseAmount(turnover), vat: parseAmount(vat) };
    });
  }
  const turnovers = new Map<VatCode, number>();
  for (const { vat_code, sum } of receipt.positions) {
    turnovers.set(vat_code, (turnovers.get(vat_code) ?? 0) + parseAmount(sum));
  }
  return Array.from(turnovers, ([vat_code, turnover]) => ({
    vat_code,
    turnover,
    vat: vatIncluded(turnover, vat_code),
  }));
}
