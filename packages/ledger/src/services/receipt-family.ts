import { countedSettlements, type Receipt, type Taken, takenBy } from '@fiscalkit/schemas';
import type { Entry } from '../entry/entry.js';
import { nextVersionKey, previousVersion } from '../entry/operator-action.js';
import { originOf, receiptDocument } from '../entry/receipt-origin.js';
import { isRefund, saleDependency } from '../entry/sale-dependency.js';
import type { LedgerStore } from '../store/ledger-store.js';
import { receiptOperation } from './receipt-entry-query.js';

/** A live receipt that took a part of another: its refund, or the closing receipt of a prepayment. */
export interface TakingReceipt {
  readonly entry: Entry;
  readonly relation: 'refund' | 'closing';
  readonly taken: Taken;
}

/** More receipts than any payment has. */
const mostReceipts = 1_000;

/** Reads the receipts of a payment; all of them, unless they are too many. */
export async function readFamily(
  store: Pick<LedgerStore, 'ofPayment'>,
  payment: { readonly merchant: string; readonly paymentId: string },
): Promise<ReceiptFamily> {
  const entries = await store.ofPayment({ ...payment, operation: receiptOperation }, mostReceipts + 1);
  return new ReceiptFamily(entries);
}

/** The receipts of a payment, and what each took of another. */
export class ReceiptFamily {
  /** Sequence of the newest entry, rejected ones included; 0 for none. */
  readonly newestSequence: number;
  /** Whether these are all: what is left of one can't be worked out from a part of them. */
  readonly isWhole: boolean;
  readonly #entries: readonly Entry[];
  readonly #live: readonly Entry[];

  /** Takes the entries of one payment, in the order of their acceptance. */
  constructor(entries: readonly Entry[]) {
    this.#entries = entries;
    this.isWhole = entries.length <= mostReceipts;
    this.#live = entries.filter(({ state }) => state !== 'rejected');
    this.newestSequence = Math.max(0, ...entries.map(({ sequence }) => sequence));
  }

  /** Finds entries that a request was accepted as, whatever their state. */
  acceptedAs(isOne: (entry: Entry) => boolean): readonly Entry[] {
    return this.#entries.filter(isOne);
  }

  /** Returns the newest version of a receipt: the last that it was resubmitted as; `undefined` for none. */
  newestVersion(id: string): Entry | undefined {
    const next = this.#entries.find(({ idempotencyKey }) => idempotencyKey === nextVersionKey(id));
    return next ? this.newestVersion(next.id) : this.#entries.find((entry) => entry.id === id);
  }

  /** Returns the first version of a receipt. */
  firstVersion(entry: Entry): Entry {
    const previous = previousVersion(entry.idempotencyKey);
    const before = this.#entries.find(({ id }) => id === previous);
    return before ? this.firstVersion(before) : entry;
  }

  /** Whether there is a receipt that a refund or a closing receipt depends on, in whatever state. */
  knowsSale(dependsOn: string): boolean {
    return this.#entries.some((entry) => isSale(entry, dependsOn));
  }

  /** Returns the only live sale, or purchase, that a refund of this type can be of; `undefined` for several. */
  onlySale(dependsOn: string): Entry | undefined {
    const [first, ...others] = this.#live.filter((entry) => isSale(entry, dependsOn));
    return others.length === 0 ? first : undefined;
  }

  /**
   * Returns what the live receipts of the payment took of one, the oldest first: those that were made from it
   * or from an earlier version, and, where it is the only live sale, also those that were written by hand or
   * made from a sale that was rejected.
   */
  takenOf(origin: Entry, leftOut: (entry: Entry) => boolean = () => false): TakingReceipt[] {
    const receipt = receiptDocument(origin);
    const root = this.firstVersion(origin).id;
    const isOnly = this.onlySale(receipt.operation_type)?.id === origin.id;
    const takers: TakingReceipt[] = [];
    for (const entry of this.#live) {
      if (entry.id === origin.id || leftOut(entry)) continue;
      const stored = originOf(entry);
      const source = stored && this.newestVersion(stored.receipt_id);
      if (stored && (this.#isVersionOf(stored.receipt_id, root) || (isOnly && source?.state === 'rejected')))
        takers.push({ entry, relation: stored.relation, taken: stored.taken });
      else if (stored === null && isOnly && saleDependency(entry) === receipt.operation_type)
        takers.push(byHand(receipt, entry, takers));
    }
    return takers;
  }

  #isVersionOf(id: string, root: string): boolean {
    const entry = this.#entries.find((each) => each.id === id);
    return (entry ? this.firstVersion(entry).id : id) === root;
  }
}

/** Whether an entry is a sale that others can depend on: of this type, and not settled by a prepayment. */
function isSale(entry: Entry, type: string): boolean {
  return entry.facets.operationType === type && saleDependency(entry) === null && originOf(entry) === null;
}

/** Counts a receipt that was not made from the sale against it. */
function byHand(sale: Receipt, entry: Entry, earlier: readonly TakingReceipt[]): TakingReceipt {
  const receipt = receiptDocument(entry);
  const { taken } = takenBy(
    sale,
    receipt,
    earlier.map(({ taken }) => taken),
  );
  if (isRefund(entry)) return { entry, relation: 'refund', taken };
  // A closing receipt has the whole price of what was prepaid in part.
  const matchedMinor = taken.positions.reduce((sum, { sumMinor }) => sum + sumMinor, 0);
  const unmatchedMinor = Math.max(0, prepaidMinorOf(receipt) - matchedMinor);
  return { entry, relation: 'closing', taken: { ...taken, settlements: [], unmatchedMinor } };
}

/** Returns the part of a receipt that is settled by a prepayment, in minor units. */
export function prepaidMinorOf({ settlements }: Receipt): number {
  const counted = countedSettlements(settlements);
  return counted.find(({ type }) => type === 'prepayment')?.sumMinor ?? 0;
}
