import { formatAmount } from '../../money/format-amount.js';
import { parseAmount } from '../../money/parse-amount.js';
import { faultOf } from '../../rules/fault-of.js';
import { addUp, expectedTotal } from '../expected-sums.js';
import type { ReceiptDraft } from '../receipt-draft.js';
import type { ReceiptRule } from './receipt-rule.js';

/** The settlements add up to the total, to the minor unit. */
export const settlementsRule: ReceiptRule = (draft) => {
  const settled = addUp((draft.settlements ?? []).map((settlement) => minorOf(settlement?.sum)));
  const total = totalOf(draft);
  if (settled === undefined || total === undefined || settled === total) return [];
  const detail = `${formatAmount(settled)} settled of ${formatAmount(total)}`;
  return [faultOf('receipt.settlements.mismatch', '$.settlements', detail)];
};

/** What the positions add up to is sure; the total that the caller wrote is not. */
function totalOf(draft: ReceiptDraft): number | undefined {
  return expectedTotal(draft) ?? minorOf(draft.total);
}

function minorOf(amount: number | undefined): number | undefined {
  return amount === undefined ? undefined : parseAmount(amount);
}
