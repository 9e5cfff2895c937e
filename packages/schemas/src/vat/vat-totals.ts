import { parseAmount } from '../money/parse-amount.js';
import type { VatCode } from '../receipt/enumerations/vat-codes.js';
import type { Receipt } from '../receipt/receipt.js';
import { vatIncluded } from './vat-included.js';

/** Turnover and VAT of one rate in a receipt, in minor units. */
export interface VatTotal {
  readonly vat_code: VatCode;
  readonly turnover: number;
  readonly vat: number;
}

/**
 * The VAT of a receipt by rate, in order of first appearance. The tax is taken once per rate, out of the turnover of that
 * rate, so that the roundings of single positions do not add up.
 */
export function vatTotals(receipt: Pick<Receipt, 'positions'>): VatTotal[] {
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
