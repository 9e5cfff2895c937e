import { canonicalJson, countedSettlements, type Receipt, type Taken, takenBy } from '@fiscalkit/schemas';
import type { Entry } from '../entry/entry.js';
import { nextVersionKey, previousVersion } from '../entry/operator-action.js';
import { originOf, receiptDocument } from '../entry/receipt-origin.js';
import {
  type Dependent,
  isRefund,
  type SaleType,
  saleDependency,
  saleTypes,
} from '../entry/sale-dependency.js';
import type { LedgerStore } from '../store/ledger-store.js';
import { correctionOperation, receiptOperation } from './receipt-entry-query.js';
import { shareRefund } from './share-refund.js';

/** A live document that took a part of a receipt: its refund, closing receipt, or the correction of its refund. */
export interface TakingReceipt {
  readonly entry: Entry;
  readonly relation: 'refund' | 'closing' | 'correction';
  readonly taken: Taken;
}

/** A live receipt that money can be given back of, and what took a part of it. */
interface TakenReceipt {
  readonly entry: Entry;
  readonly takers: readonly TakingReceipt[];
}

/** More receipts than any payment has. */
const mostReceipts = 1_000;

/** Reads the receipts and corrections of a payment; all of them, unless they are too many. */
export async function readFamily(
  store: Pick<LedgerStore, 'ofPayment'>,
  payment: { readonly merchant: string; readonly paymentId: string },
): Promise<ReceiptFamily> {
  const most = mostReceipts + 1;
  const receipts = await store.ofPayment({ ...payment, operation: receiptOperation }, most);
  const corrections = await store.ofPayment({ ...payment, operation: correctionOperation }, most);
  return new ReceiptFamily(receipts, corrections);
}

/** The receipts of a payment, and what each, and each correction, took of another. */
export class ReceiptFamily {
  /** Sequence of the newest receipt, rejected ones included; 0 for none. */
  readonly newestSequence: number;
  /** Whether these are all: what is left of one can't be worked out from a part of them. */
  readonly isWhole: boolean;
  readonly #entries: readonly Entry[];
  /** Live receipts and corrections, in the order of their acceptance. */
  readonly #live: readonly Entry[];
  readonly #corrections: readonly Entry[];
  /** Live sales and purchases in the order of their first versions. */
  readonly #sales: readonly Entry[];
  readonly #byId: ReadonlyMap<string, Entry>;
  readonly #byKey: ReadonlyMap<string, Entry>;
  /** By the id of the sale; the receipts of a payment don't change here. */
  readonly #taken = new Map<string, readonly TakenReceipt[]>();

  /** Takes the receipts of one payment, and the corrections, each in the order of their acceptance. */
  constructor(entries: readonly Entry[], corrections: readonly Entry[]) {
    this.#entries = entries;
    this.#corrections = corrections;
    this.isWhole = Math.max(entries.length, corrections.length) <= mostReceipts;
    this.#live = [...entries, ...corrections]
      .filter(({ state }) => state !== 'rejected')
      .sort((one, other) => one.sequence - other.sequence);
    this.newestSequence = Math.max(0, ...entries.map(({ sequence }) => sequence));
    this.#byId = new Map(entries.map((entry) => [entry.id, entry]));
    this.#byKey = new Map(entries.map((entry) => [entry.idempotencyKey, entry]));
    this.#sales = this.#live
      .filter((entry) => isSale(entry, entry.facets.operationType ?? ''))
      .sort((one, other) => this.#placeOf(one) - this.#placeOf(other));
  }

  /** Finds entries that a request was accepted as, whatever their state. */
  acceptedAs(isOne: (entry: Entry) => boolean): readonly Entry[] {
    return this.#entries.filter(isOne);
  }

  /** Returns the newest version of a receipt: the last that it was resubmitted as; `undefined` for none. */
  newestVersion(id: string): Entry | undefined {
    const next = this.#byKey.get(nextVersionKey(id));
    return next ? this.newestVersion(next.id) : this.#byId.get(id);
  }

  /** Returns the first version of a receipt. */
  firstVersion(entry: Entry): Entry {
    const previous = previousVersion(entry.idempotencyKey);
    const before = previous === null ? undefined : this.#byId.get(previous);
    return before ? this.firstVersion(before) : entry;
  }

  /** Whether there is a receipt, or its correction, that a refund depends on, in whatever state. */
  knowsSale(dependsOn: string): boolean {
    return (
      this.#entries.some((entry) => isSale(entry, dependsOn)) ||
      this.#corrections.some(({ facets }) => facets.operationType === `${dependsOn}_correction`)
    );
  }

  /** Whether a correction was accepted before under the key of this one. */
  hasCorrection({ idempotencyKey }: Pick<Entry, 'idempotencyKey'>): boolean {
    return this.#corrections.some((entry) => entry.idempotencyKey === idempotencyKey);
  }

  /** Returns the live corrections by which more was sold, or bought, than the sales of the payment say. */
  corrected(dependsOn: string): readonly Entry[] {
    return this.#live.filter(({ facets }) => facets.operationType === `${dependsOn}_correction`);
  }

  /** Returns the only live sale, or purchase, that a refund of this type can be of; `undefined` for several. */
  onlySale(dependsOn: string): Entry | undefined {
    const [first, ...others] = this.#sales.filter(({ facets }) => facets.operationType === dependsOn);
    return others.length === 0 ? first : undefined;
  }

  /**
   * Returns what the live receipts of the payment took of one, the oldest first: those that were made from it
   * or from an earlier version, those that were written by hand, and those made from a sale that was rejected;
   * and corrections of its refund.
   */
  takenOf(origin: Entry): readonly TakingReceipt[] {
    const sale = this.#prepaymentOf(origin) ?? origin;
    const receipts = this.#taken.get(sale.id) ?? this.takenReceipts(sale);
    this.#taken.set(sale.id, receipts);
    return receipts.find(({ entry }) => entry.id === origin.id)?.takers ?? [];
  }

  /** Returns a live sale, then its closing receipts, the newest first, each with what took a part of it. */
  takenReceipts(sale: Entry, leftOut: (entry: Entry) => boolean = () => false): readonly TakenReceipt[] {
    const receipts: { entry: Entry; takers: TakingReceipt[] }[] = [{ entry: sale, takers: [] }];
    const byFirstId = new Map(receipts.map((each) => [this.firstVersion(sale).id, each]));
    for (const entry of this.#live) {
      if (entry.id === sale.id || leftOut(entry)) continue;
      const taken = this.#madeFrom(entry, sale, byFirstId) ?? this.#writtenFor(entry, sale, receipts);
      for (const { of, taker } of taken) of.takers.push(taker);
      if (taken[0]?.taker.relation !== 'closing') continue;
      const closing = { entry, takers: [] };
      receipts.splice(1, 0, closing);
      byFirstId.set(this.firstVersion(entry).id, closing);
    }
    return receipts;
  }

  /** Returns what a receipt takes that was made from another; `undefined` for one that was written by hand. */
  #madeFrom<Of extends TakenReceipt>(entry: Entry, sale: Entry, byFirstId: ReadonlyMap<string, Of>) {
    const stored = originOf(entry);
    if (stored === null) return undefined;
    const source = this.#byId.get(stored.receipt_id);
    const isCorrected = this.newestVersion(stored.receipt_id)?.state === 'rejected';
    const of =
      byFirstId.get(source ? this.firstVersion(source).id : stored.receipt_id) ??
      (isCorrected && this.#saleOf(entry)?.id === sale.id
        ? byFirstId.get(this.firstVersion(sale).id)
        : undefined);
    if (of === undefined) return [];
    const receipt = receiptDocument(of.entry);
    const taker =
      source === undefined || hasSamePositions(receiptDocument(source), receipt)
        ? { entry, relation: stored.relation, taken: stored.taken }
        : { entry, relation: stored.relation, taken: takenAnew(receipt, entry, of.takers) };
    return [{ of, taker }];
  }

  #writtenFor<Of extends TakenReceipt>(entry: Entry, sale: Entry, receipts: readonly Of[]) {
    const [first] = receipts;
    if (first === undefined || this.#saleOf(entry)?.id !== sale.id) return [];
    if (!isRefund(entry) && correctedRefundOf(entry) === null) {
      const taken = takenByClosing(receiptDocument(sale), receiptDocument(entry), first.takers);
      return [{ of: first, taker: { entry, relation: 'closing', taken } as const }];
    }
    const relation = isRefund(entry) ? 'refund' : 'correction';
    const { shares } = shareRefund(takingDocument(entry), receipts.map(refundable));
    return receipts.flatMap((of, place) => {
      const taken = shares[place];
      return taken ? [{ of, taker: { entry, relation, taken } as const }] : [];
    });
  }

  /** Returns the prepayment that a closing receipt is of; `undefined` for any other receipt. */
  #prepaymentOf(entry: Entry): Entry | undefined {
    const stored = originOf(entry);
    if (stored) return stored.relation === 'closing' ? this.newestVersion(stored.receipt_id) : undefined;
    return isRefund(entry) || correctedRefundOf(entry) !== null ? undefined : this.#saleOf(entry);
  }

  /**
   * Returns the live sale that a receipt depends on which does not say so itself: the only one before it, or
   * the first after it where there was none. One that is sold later does not change that.
   */
  #saleOf(entry: Entry): Entry | undefined {
    const dependsOn = saleDependency(entry) ?? correctedRefundOf(entry);
    if (dependsOn === null) return undefined;
    const sales = this.#sales.filter(({ facets }) => facets.operationType === dependsOn);
    const before = sales.filter((sale) => this.#placeOf(sale) < this.#placeOf(entry));
    if (before.length === 0) return sales[0];
    return before.length === 1 ? before[0] : undefined;
  }

  /** Returns the place of a receipt among those of its payment: that of its first version. */
  #placeOf(entry: Entry): number {
    return this.firstVersion(entry).sequence;
  }
}

/** Returns a receipt, or a correction, as a refund is shared between several. */
export function refundable({ entry, takers }: TakenReceipt) {
  return { receipt: takingDocument(entry), earlier: takers.map(({ taken }) => taken) };
}

/** Returns the operation type that the correction of a refund takes of; `null` for any other document. */
export function correctedRefundOf({
  operation,
  facets,
}: Omit<Dependent, 'merchant' | 'document'>): SaleType | null {
  if (operation !== correctionOperation) return null;
  return saleTypes.find((type) => facets.operationType === `${type}_refund_correction`) ?? null;
}

/** Returns the document of an entry that takes of a sale; a correction in FFD 1.05 has no positions. */
export function takingDocument(entry: Pick<Entry, 'document'>): Receipt {
  const document = receiptDocument(entry);
  return { ...document, positions: document.positions ?? [] } as Receipt;
}

/** Whether an entry is a sale that others can depend on: of this type, and not settled by a prepayment. */
function isSale(entry: Entry, type: string): boolean {
  return entry.facets.operationType === type && saleDependency(entry) === null && originOf(entry) === null;
}

function hasSamePositions(one: Receipt, other: Receipt): boolean {
  return canonicalJson(one.positions) === canonicalJson(other.positions);
}

/** Returns what a receipt took, looked for anew: its indices are those of a sale with other positions. */
function takenAnew(sale: Receipt, entry: Entry, earlier: readonly TakingReceipt[]): Taken {
  const receipt = receiptDocument(entry);
  if (!isRefund(entry)) return takenByClosing(sale, receipt, earlier);
  return takenBy(
    sale,
    receipt,
    earlier.map(({ taken }) => taken),
  ).taken;
}

/** Returns what a closing receipt takes: it has the whole price of what was prepaid in part. */
function takenByClosing(sale: Receipt, closing: Receipt, earlier: readonly TakingReceipt[]): Taken {
  const { taken } = takenBy(
    sale,
    closing,
    earlier.map((each) => each.taken),
  );
  const matchedMinor = taken.positions.reduce((sum, { sumMinor }) => sum + sumMinor, 0);
  return { ...taken, settlements: [], unmatchedMinor: Math.max(0, prepaidMinorOf(closing) - matchedMinor) };
}

/** Returns the part of a receipt that is settled by a prepayment, in minor units. */
export function prepaidMinorOf({ settlements }: Receipt): number {
  const counted = countedSettlements(settlements);
  return counted.find(({ type }) => type === 'prepayment')?.sumMinor ?? 0;
}
