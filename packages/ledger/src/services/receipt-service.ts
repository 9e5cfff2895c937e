import {
  checkReceipt,
  type FiscalReceipt,
  type ReceiptListQuery,
  type ReceiptObject,
} from '@fiscalkit/schemas';
import { receiptOfEntry } from '../entry/receipt-of-entry.js';
import { isRefund } from '../entry/sale-dependency.js';
import type { LedgerStore } from '../store/ledger-store.js';
import { acceptDerived } from './accept-derived.js';
import { awaitFinal } from './accept-entry.js';
import {
  type CloseReceipt,
  checkedClosing,
  checkedRefund,
  type RefundReceipt,
  type WaitRequest,
} from './derive-request.js';
import type { Derivation } from './derived-receipts.js';
import { type AwaitDocument, DocumentReads, type ReadDocument } from './document-reads.js';
import { idempotencyConflict, receiptBusy, receiptInvalid, receiptTwin } from './errors.js';
import { replayWarnings } from './idempotency.js';
import { type ImportReceipt, importReceipt } from './import-receipt.js';
import type { LedgerContext } from './ledger-context.js';
import { type Merchant, offsetOf } from './merchants.js';
import { newReceiptEntry, type PrepareReceipt, receiptFacets } from './new-receipt-entry.js';
import { receiptOperation } from './receipt-entry-query.js';
import { readFamily } from './receipt-family.js';
import type {
  CreatedReceipt,
  DerivedReceipts,
  PreparedReceipt,
  ValidatedReceipt,
} from './receipt-results.js';
import { acceptReceipt, checkedWarnings, refundNotCompared, warningsOfRefund } from './written-refund.js';

/** A receipt to accept. */
export interface CreateReceipt extends PrepareReceipt, WaitRequest {}

/** Filter of a list of receipts. */
export interface ListReceipts {
  readonly merchant: string;
  readonly query: ReceiptListQuery;
  /** Id of the document that the list goes on behind: the last of the page before. */
  readonly cursor?: string | undefined;
  /** Ends the wait for a turn, and the list between two portions. */
  readonly signal?: AbortSignal | undefined;
}

/** Accepts and reads receipts. */
export class ReceiptService {
  readonly #context: LedgerContext;
  readonly #reads: DocumentReads<ReceiptObject>;

  constructor(context: LedgerContext) {
    this.#context = context;
    this.#reads = new DocumentReads(context, { operation: receiptOperation, objectOf: receiptOfEntry });
  }

  /**
   * Accepts a receipt: when this resolves, it is on disk and will be delivered. Throws a `FiscalError` with
   * code `receipt.invalid` and all faults, `receipt.twin` with the `existing` receipt,
   * `idempotency.conflict`, `idempotency.key.format`, `idempotency.key.missing`, `merchant.unknown`,
   * `provider.unsupported`, or `ledger.unavailable`; nothing is stored then.
   */
  async create(request: CreateReceipt): Promise<CreatedReceipt> {
    const merchant = this.#context.merchants.merchant(request.merchant);
    const { entry, warnings: foundBefore } = this.prepare(request);
    const { outcome, warnings: found } = await acceptReceipt({ ...this.#context, merchant }, entry);
    const warnings = [...foundBefore, ...found];
    if (outcome.kind === 'conflict') throw idempotencyConflict();
    if (outcome.kind === 'twin') throw receiptTwin(outcome.entry);
    const replayed = outcome.kind === 'replayed';
    const waitOptions = { waitMs: request.waitMs ?? 0, signal: request.signal };
    const stored = await awaitFinal(this.#context, outcome.entry, waitOptions);
    return {
      receipt: receiptOfEntry(stored, offsetOf(merchant)),
      replayed,
      warnings: replayed ? [...warnings, ...replayWarnings(entry)] : warnings,
    };
  }

  /**
   * Refunds a receipt of the ledger, whole or in part: never more than what is left of it, over any number of
   * refunds at the same time. The refund of a sale waits for its registration. A prepayment that was delivered
   * in part is refunded by one receipt for each origin. Throws a `FiscalError` with the code of the rule that
   * was broken and all faults (`refund.exceeds-sale`, `refund.of-refund`, …), `receipt.invalid` for several,
   * `receipt.not-found`, `origin.rejected`, `origin.unregistered`, `receipt.busy`, `idempotency.conflict`,
   * `idempotency.key.format`, `merchant.unknown`, `provider.unsupported`, `payment.busy`, `payment.crowded` or
   * `ledger.unavailable`; nothing is stored then.
   */
  async refund(request: RefundReceipt): Promise<DerivedReceipts> {
    return this.#derive({ relation: 'refund', request: checkedRefund(request) }, request);
  }

  /**
   * Makes the closing receipt of a registered prepayment, when its goods are delivered, whole or in part:
   * never more than was prepaid, less what was refunded or delivered. However often it is called, one delivery
   * makes one receipt. Throws as `refund`, with the codes of `closing.*`.
   */
  async close(request: CloseReceipt): Promise<DerivedReceipts> {
    return this.#derive({ relation: 'closing', request: checkedClosing(request) }, request);
  }

  /**
   * Takes a receipt into the ledger that another system registered, with its link or the text of its QR code, so
   * that it can be refunded and closed. It is known by its fiscal mark: a repeat returns the stored one.
   * Nothing is sent of it, and no report counts it. Throws a `FiscalError` with `link.format`, `link.host` and
   * the other codes of `link.`, `receipt.invalid` with all faults by the rules of its day,
   * `receipt.mark-differs`, `receipt.mark-known`, `receipt.twin`, `receipt.busy`, `merchant.unknown`,
   * `payment.crowded` or `ledger.unavailable`; nothing is stored then.
   */
  async importRegistered(request: ImportReceipt): Promise<Omit<CreatedReceipt, 'warnings'>> {
    const merchant = this.#context.merchants.merchant(request.merchant);
    const { entry, replayed } = await importReceipt({ ...this.#context, merchant }, request);
    return { receipt: receiptOfEntry(entry, offsetOf(merchant)), replayed };
  }

  async #derive(derivation: Derivation, { waitMs = 0, signal }: WaitRequest): Promise<DerivedReceipts> {
    const merchant = this.#context.merchants.merchant(derivation.request.merchant);
    const { entries, replayed, warnings } = await acceptDerived({ ...this.#context, merchant }, derivation);
    const stored = await Promise.all(
      entries.map((entry) => awaitFinal(this.#context, entry, { waitMs, signal })),
    );
    const receipts = stored.map((entry) => receiptOfEntry(entry, offsetOf(merchant)));
    const [receipt] = receipts;
    if (receipt === undefined) throw receiptBusy();
    return { receipt, receipts, replayed, warnings };
  }

  /**
   * Checks and freezes a receipt as `create` would, and throws as `create` would; stores nothing. The entry
   * is for a store that accepts within a transaction of the caller's. It goes to the account if that is given
   * and still configured.
   */
  prepare(request: PrepareReceipt, account?: string): PreparedReceipt {
    const merchant = this.#context.merchants.merchant(request.merchant);
    const checked = this.#check(merchant, request.receipt);
    if (!checked.ok) throw receiptInvalid(checked.faults);
    const entry = newReceiptEntry(this.#context, { merchant, receipt: checked.receipt, request, account });
    return { entry, warnings: checked.warnings };
  }

  /**
   * Compares a prepared refund with what is left of its sale, among the entries that `ofPayment` reads: adds the
   * warnings `refund.without-sale` and `refund.beyond-sale`, or throws `receipt.invalid` with them where the
   * merchant's warnings are faults. Returns anything but a refund, and a repeat, unchanged.
   */
  async checkRefund(
    prepared: PreparedReceipt,
    ofPayment: LedgerStore['ofPayment'],
  ): Promise<PreparedReceipt> {
    const { entry, warnings } = prepared;
    if (!isRefund(entry)) return prepared;
    const { warningsAsFaults = false } = this.#context.merchants.merchant(entry.merchant);
    const payment = { merchant: entry.merchant, paymentId: entry.facets.paymentId };
    const family = await readFamily({ ofPayment }, payment);
    const found = checkedWarnings(family, entry, warningsAsFaults);
    return { entry, warnings: [...warnings, ...found] };
  }

  /**
   * Adds to a prepared refund the warning that nothing compares it with its sale, for a way in that can't read:
   * `receipt.invalid` where the merchant's warnings are faults. Returns anything but a refund unchanged.
   */
  withoutComparison(prepared: PreparedReceipt): PreparedReceipt {
    const { entry, warnings } = prepared;
    if (!isRefund(entry)) return prepared;
    if (this.#context.merchants.merchant(entry.merchant).warningsAsFaults)
      throw receiptInvalid([refundNotCompared]);
    return { entry, warnings: [...warnings, refundNotCompared] };
  }

  /**
   * Checks a receipt as `create` would; stores nothing. Throws a `FiscalError` with code `merchant.unknown`,
   * or, for a refund, `ledger.unavailable`.
   */
  async validate(request: {
    readonly merchant: string;
    readonly receipt: FiscalReceipt;
  }): Promise<ValidatedReceipt> {
    const merchant = this.#context.merchants.merchant(request.merchant);
    const checked = this.#check(merchant, request.receipt);
    if (!checked.ok) return checked;
    const { receipt, warnings } = checked;
    const facets = receiptFacets(receipt);
    const dependent = {
      merchant: merchant.id,
      operation: receiptOperation,
      facets,
      document: { ...receipt },
    };
    if (!isRefund(dependent)) return { ...checked, faults: [] };
    const payment = { merchant: merchant.id, paymentId: facets.paymentId };
    const found = warningsOfRefund(await readFamily(this.#context.store, payment), dependent);
    return merchant.warningsAsFaults && found.length > 0
      ? { ok: false, faults: found, warnings }
      : { ok: true, receipt, faults: [], warnings: [...warnings, ...found] };
  }

  /**
   * Returns the merchant's receipt of that id, if any; `created_at` in the given zone, else the merchant's.
   */
  async get(request: ReadDocument): Promise<ReceiptObject | null> {
    return this.#reads.get(request);
  }

  /**
   * Returns the merchant's receipts that match, newest first. Throws a `FiscalError` with code
   * `merchant.unknown`, `query.cursor`, `lists.busy` when too many lists of the merchant are read and wait already,
   * `lists.timeout`, or `ledger.unavailable`.
   */
  async list(request: ListReceipts): Promise<ReceiptObject[]> {
    return this.#reads.list(request);
  }

  /**
   * Lists in portions of bounded size, each read on demand: however slowly they are consumed, nothing is held
   * but the merchant's turn, until the loop over them ends. Throws as `list`, with the first portion or a
   * later one.
   */
  listInPortions(request: ListReceipts): AsyncGenerator<readonly ReceiptObject[], void, undefined> {
    return this.#reads.listInPortions(request);
  }

  /**
   * Lists in the JSON of a receipts API, serialised where it is read: each portion is one receipt or more, as
   * `JSON.stringify` writes them, with commas between them, in UTF-8. So sending a page costs no work on its
   * content.
   */
  serializeInPortions(request: ListReceipts): AsyncGenerator<Uint8Array, void, undefined> {
    return this.#reads.serializeInPortions(request);
  }

  /**
   * Returns the receipt when it is final, or as it is when the time is over; `null` when the merchant has
   * none of that id.
   */
  async waitFor(request: AwaitDocument): Promise<ReceiptObject | null> {
    return this.#reads.waitFor(request);
  }

  #check(merchant: Merchant, receipt: unknown) {
    return checkReceipt(receipt, {
      now: this.#context.clock(),
      company: merchant.company,
      receiptMethod: merchant.receiptMethod,
      warningsAsFaults: merchant.warningsAsFaults,
      merchantId: merchant.receiptMerchantId ?? merchant.id,
    });
  }
}
