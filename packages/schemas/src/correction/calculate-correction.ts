import { amountToNumber, parseAmount } from '../money/amount.js';
import { addUp, calculateReceipt } from '../validation/calculate-receipt.js';
import { vatIncluded } from '../vat/vat.js';
import type { CorrectionDraft } from './correction.js';

/** Fills in the sums that the caller left out; given ones stay, to be compared. */
export function calculateCorrection(draft: CorrectionDraft): CorrectionDraft {
  if (draft.receipt_format === 'ru_1_2') {
    const { total, positions } = calculateReceipt({ total: draft.total, positions: draft.positions });
    return { ...draft, ...(total !== undefined && { total }), ...(positions && { positions }) };
  }
  if (draft.vat_totals === undefined) return draft;
  const totalMinor = turnoverOf(draft);
  const total = draft.total ?? (totalMinor === undefined ? undefined : amountToNumber(totalMinor));
  const vat_totals = draft.vat_totals.map((each) => {
    const { vat_code, turnover, vat } = each ?? {};
    if (vat !== undefined || vat_code === undefined || turnover === undefined) return each;
    return { ...each, vat: amountToNumber(vatIncluded(parseAmount(turnover), vat_code)) };
  });
  return { ...draft, vat_totals, ...(total !== undefined && { total }) };
}

/** Returns the sum of the turnovers in minor units; `undefined` if one is unknown. */
export function turnoverOf({ vat_totals = [] }: CorrectionDraft): number | undefined {
  return addUp(
    vat_totals.map((each) => (each?.turnover === undefined ? undefined : parseAmount(each.turnover))),
  );
}
