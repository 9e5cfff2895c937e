import {
  type Fault,
  formatAmount,
  leftOf,
  parseAmount,
  type Receipt,
  type Taken,
  takenBy,
} from '@fiscalkit/schemas';

/** A receipt that money can be given back of. */
export interface RefundableReceipt {
  readonly receipt: Receipt;
  /** What others took of it before. */
  readonly earlier: readonly Taken[];
}

/** What a refund that was written by hand takes of each receipt, with the warnings of `takenBy`. */
export interface SharedRefund {
  /** One for each receipt, in their order; `null` for those that it takes nothing of. */
  readonly shares: readonly (Taken | null)[];
  readonly warnings: readonly Fault[];
}

/**
 * Shares a refund that was written by hand between a prepayment and its closing receipts, which come next:
 * lines of the methods of a prepayment are first looked for in that, others in what was delivered. Pure.
 */
export function shareRefund(refund: Receipt, receipts: readonly RefundableReceipt[]): SharedRefund {
  const [prepayment, ...closings] = receipts;
  if (prepayment === undefined) return { shares: [], warnings: [] };
  if (closings.length === 0) {
    const { taken, warnings } = takenBy(prepayment.receipt, refund, prepayment.earlier);
    return { shares: [taken], warnings };
  }
  const ordered = isOfPrepayment(refund) ? receipts : [...closings, prepayment];
  const { taken, warnings } = takenBy(joined(ordered, prepayment), refund, joinedTaken(ordered));
  const shares = new Map(split(taken, ordered).map((share, place) => [ordered[place], share]));
  return { shares: receipts.map((each) => shares.get(each) ?? null), warnings };
}

const prepaymentMethods = ['full_prepayment', 'partial_prepayment', 'advance'];

function isOfPrepayment({ positions }: Receipt): boolean {
  return positions.some(({ payment_method }) => prepaymentMethods.includes(String(payment_method)));
}

/** Returns one receipt with the positions of all. */
function joined(receipts: readonly RefundableReceipt[], { receipt }: RefundableReceipt): Receipt {
  const totalMinor = receipts.reduce((sum, each) => sum + parseAmount(each.receipt.total), 0);
  const positions = receipts.flatMap((each) => each.receipt.positions as Receipt['positions'][number][]);
  return { ...receipt, positions, total: Number(formatAmount(totalMinor)) } as Receipt;
}

function joinedTaken(receipts: readonly RefundableReceipt[]): Taken[] {
  return receipts.flatMap(({ earlier }, place) =>
    earlier.map((taken) => {
      const first = firstIndex(receipts, place);
      const positions = taken.positions.map((part) => ({ ...part, index: first + part.index }));
      return { ...taken, positions };
    }),
  );
}

/** Returns the index of the first position of a receipt in the one that has those of all. */
function firstIndex(receipts: readonly RefundableReceipt[], place: number): number {
  return receipts.slice(0, place).reduce((count, { receipt }) => count + receipt.positions.length, 0);
}

/** Gives each receipt its part; the first has what is more than all have left. */
function split(taken: Taken, receipts: readonly RefundableReceipt[]): (Taken | null)[] {
  const settlements = taken.settlements.map((each) => ({ ...each }));
  let { unmatchedMinor } = taken;
  const parts = receipts.map(({ receipt, earlier }, place) => {
    const first = firstIndex(receipts, place);
    const positions = taken.positions
      .filter(({ index }) => index >= first && index < first + receipt.positions.length)
      .map((part) => ({ ...part, index: part.index - first }));
    const left = leftOf(receipt, [...earlier, { positions, settlements: [], unmatchedMinor: 0 }]).totalMinor;
    const unmatched = Math.min(unmatchedMinor, left);
    unmatchedMinor -= unmatched;
    return { positions, unmatchedMinor: unmatched };
  });
  return parts.map(({ positions, unmatchedMinor: unmatched }, place) => {
    const ofTotal = unmatched + (place === 0 ? unmatchedMinor : 0);
    if (positions.length === 0 && ofTotal === 0) return null;
    let restMinor = positions.reduce((sum, { sumMinor }) => sum + sumMinor, ofTotal);
    const money = settlements.map((each) => {
      const sumMinor = Math.min(each.sumMinor, restMinor);
      each.sumMinor -= sumMinor;
      restMinor -= sumMinor;
      return { type: each.type, sumMinor };
    });
    return { positions, settlements: money.filter(({ sumMinor }) => sumMinor > 0), unmatchedMinor: ofTotal };
  });
}
