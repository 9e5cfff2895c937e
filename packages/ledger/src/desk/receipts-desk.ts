import {
  checkReceipt,
  defaultUtcOffsetHours,
  type Fault,
  FiscalError,
  type FiscalReceipt,
  parseAmount,
  type Receipt,
  type ReceiptListQuery,
  type ReceiptObject,
} from '@fiscalkit/schemas';
import { accountName, accountScope } from '../entry/account-name.js';
import type { Entry, EntryFacets, NewEntry } from '../entry/entry.js';
import type { ListedEntry } from '../entry/listed-entry.js';
import { receiptOfEntry } from '../entry/receipt-of-entry.js';
import { type Dependent, isRefund } from '../entry/sale-dependency.js';
import type { EntryQuery } from '../store/ledger-store.js';
import { chooseProvider } from './choose-provider.js';
import type { DeskParts } from './desk-parts.js';
import { awaitFinal, handIn } from './hand-in.js';
import { idempotencyConflict } from './idempotency-conflict.js';
import { idempotencyKey } from './idempotency-key.js';
import type { Merchant } from './merchant.js';
import { receiptDigest } from './receipt-digest.js';
import { receiptEntryQuery, receiptOperation } from './receipt-entry-query.js';

import { receiptTwin } from './receipt-twin.js';
import { refundWithoutSale } from './refund-without-sale.js';
import { onTwin, replayWarnings } from './twins.js';

/** A receipt to make ready. */
export interface PrepareReceipt {
  readonly merchant: string;
  /** It is checked here, whatever its type says; for data of unknown shape there is `uncheckedReceipt`. */
  readonly receipt: FiscalReceipt;
  /** 1–255 printable ASCII characters; derived from the content when absent. */
  readonly idempotencyKey?: string | undefined;
  /** `meant`: a second receipt with the same content is meant; it needs an idempotency key of its own. */
  readonly twin?: 'meant' | undefined;
}

/** A receipt to hand in. */
export interface CreateReceipt extends PrepareReceipt {
  /** How long to wait for the final state, in milliseconds; 0 when absent. */
  readonly waitMs?: number | undefined;
  /** Ends the wait early: the answer is then what is known so far. */
  readonly signal?: AbortSignal | undefined;
}

/** Which receipts to list. */
export interface ListReceipts {
  readonly merchant: string;
  readonly query: ReceiptListQuery;
  /** Ends the wait for a turn, and the list between two portions. */
  readonly signal?: AbortSignal | undefined;
}

/** A receipt that is checked and frozen, and not stored yet. */
export interface PreparedReceipt {
  readonly entry: NewEntry;
  readonly warnings: readonly Fault[];
}

/** What became of a receipt that was handed in. */
export interface CreatedReceipt {
  readonly receipt: ReceiptObject;
  /** Whether the same receipt had been handed in before: this is the stored one. */
  readonly replayed: boolean;
  readonly warnings: readonly Fault[];
}

/** What a check came to, with the receipt in its normal form when it has no faults. */
export type ValidatedReceipt =
  | {
      readonly ok: true;
      readonly receipt: Receipt;
      readonly faults: readonly [];
      readonly warnings: readonly Fault[];
    }
  | { readonly ok: false; readonly faults: readonly Fault[]; readonly warnings: readonly Fault[] };

/** Where receipts are handed in and looked up. */
export class ReceiptsDesk {
  readonly #desk: DeskParts;

  constructor(desk: DeskParts) {
    this.#desk = desk;
  }

  /**
   * Accepts a receipt: when this resolves, it is on disk and will be delivered. Throws a `FiscalError` with code
   * `receipt.invalid` and all faults, `receipt.twin` with the `existing` receipt, `idempotency.conflict`,
   * `idempotency.key.format`, `idempotency.key.missing`, `merchant.unknown`, `provider.unsupported`, or `ledger.unavailable`;
   * nothing is stored then.
   */
  async create(request: CreateReceipt): Promise<CreatedReceipt> {
    const merchant = this.#desk.merchants.merchant(request.merchant);
    const { entry, warnings } = await this.checkSale(this.prepare(request));
    const outcome = await handIn(this.#desk, entry);
    if (outcome.kind === 'conflict') throw idempotencyConflict();
    if (outcome.kind === 'twin') throw receiptTwin(outcome.entry);
    const replayed = outcome.kind === 'replayed';
    const patience = { waitMs: request.waitMs ?? 0, signal: request.signal };
    const stored = await awaitFinal(this.#desk, outcome.entry, patience);
    return {
      receipt: receiptOfEntry(stored, offsetOf(merchant)),
      replayed,
      warnings: replayed ? [...warnings, ...replayWarnings(entry)] : warnings,
    };
  }

  /**
   * Checks and freezes a receipt as `create` would, and throws as `create` would; stores nothing. The entry is for a store
   * that accepts within a transaction of the caller's.
   */
  prepare(request: PrepareReceipt): PreparedReceipt {
    const merchant = this.#desk.merchants.merchant(request.merchant);
    const checked = this.#check(merchant, request.receipt);
    if (!checked.ok) throw invalidReceipt(checked.faults);
    const entry = this.#newEntry(merchant, checked.receipt, request);
    return { entry, warnings: checked.warnings };
  }

  /**
   * Looks whether the ledger has the sale that a prepared receipt refunds: if not, the warning `refund.without-sale` is added, or
   * `receipt.invalid` thrown where the merchant's warnings are faults. What is no refund is not looked at.
   */
  async checkSale(
    prepared: PreparedReceipt,
    knowsSale: (entry: Dependent) => Promise<boolean> = (entry) => this.#desk.store.knowsSale(entry),
  ): Promise<PreparedReceipt> {
    const { entry, warnings } = prepared;
    if (!isRefund(entry) || (await knowsSale(entry))) return prepared;
    if (this.#desk.merchants.merchant(entry.merchant).warningsAsFaults)
      throw invalidReceipt([refundWithoutSale]);
    return { entry, warnings: [...warnings, refundWithoutSale] };
  }

  /**
   * Checks a receipt as `create` would; stores nothing. Throws a `FiscalError` with code `merchant.unknown`, or, for a refund,
   * `ledger.unavailable`.
   */
  async validate(request: {
    readonly merchant: string;
    readonly receipt: FiscalReceipt;
  }): Promise<ValidatedReceipt> {
    const merchant = this.#desk.merchants.merchant(request.merchant);
    const checked = this.#check(merchant, request.receipt);
    if (!checked.ok) return checked;
    const { receipt, warnings } = checked;
    const facets = facetsOf(receipt);
    const dependent = {
      merchant: merchant.id,
      operation: receiptOperation,
      facets,
      document: { ...receipt },
    };
    if (!isRefund(dependent) || (await this.#desk.store.knowsSale(dependent)))
      return { ...checked, faults: [] };
    return merchant.warningsAsFaults
      ? { ok: false, faults: [refundWithoutSale], warnings }
      : { ok: true, receipt, faults: [], warnings: [...warnings, refundWithoutSale] };
  }

  /** The merchant's receipt of that id, if there is one; `created_at` in the zone asked for, else the merchant's. */
  async get(request: {
    readonly merchant: string;
    readonly id: string;
    readonly utcOffsetHours?: number | undefined;
  }): Promise<ReceiptObject | null> {
    const merchant = this.#desk.merchants.merchant(request.merchant);
    const entry = await this.#desk.store.get(merchant.id, request.id);
    if (entry?.operation !== receiptOperation) return null;
    return receiptOfEntry(await this.#withSuccessor(entry), request.utcOffsetHours ?? offsetOf(merchant));
  }

  /**
   * The merchant's receipts that match, newest first. Throws a `FiscalError` with code `merchant.unknown`, `lists.busy` when too many
   * lists of the merchant are read and wait already, `lists.timeout`, or `ledger.unavailable`.
   */
  async list(request: ListReceipts): Promise<ReceiptObject[]> {
    const receipts: ReceiptObject[] = [];
    for await (const portion of this.listInPortions(request)) receipts.push(...portion);
    return receipts;
  }

  /**
   * The same in portions of bounded size, each read when it is asked for: however slowly they are taken, nothing is held but the
   * merchant's turn, until the loop over them ends. Throws as `list`, with the first portion or a later one.
   */
  async *listInPortions(request: ListReceipts): AsyncGenerator<readonly ReceiptObject[], void, undefined> {
    const { store } = this.#desk;
    const utcOffsetHours = this.#offsetOfList(request);
    for await (const portion of this.#inTurn(request, (query) => store.listInPortions(query))) {
      yield portion.map((entry) => receiptOfEntry(entry, utcOffsetHours));
    }
  }

  /**
   * The same as a receipts API prints them, where they are read: each portion is one receipt or more, as `JSON.stringify` prints them,
   * with commas between them, in UTF-8. Whoever sends a page has no work with what is in it.
   */
  async *printInPortions(request: ListReceipts): AsyncGenerator<Uint8Array, void, undefined> {
    const { store } = this.#desk;
    const utcOffsetHours = this.#offsetOfList(request);
    yield* this.#inTurn(request, (query) => store.printInPortions(query, utcOffsetHours));
  }

  #offsetOfList({ merchant, query }: ListReceipts): number {
    return query.utc ?? offsetOf(this.#desk.merchants.merchant(merchant));
  }

  /** Reads a list when it is the merchant's turn. */
  async *#inTurn<Portion>(
    { merchant, query, signal }: ListReceipts,
    read: (query: EntryQuery) => AsyncIterable<Portion>,
  ): AsyncGenerator<Portion, void, undefined> {
    const { id } = this.#desk.merchants.merchant(merchant);
    const giveBack = await this.#desk.lists.take(id, signal);
    try {
      const entries = receiptEntryQuery(id, query, this.#offsetOfList({ merchant, query }));
      for await (const portion of read(entries)) {
        signal?.throwIfAborted();
        yield portion;
      }
    } finally {
      giveBack();
    }
  }

  /** The receipt when it is final, or as it is when the time is over; `null` when the merchant has none of that id. */
  async waitFor(request: {
    readonly merchant: string;
    readonly id: string;
    readonly timeoutMs: number;
    readonly signal?: AbortSignal | undefined;
  }): Promise<ReceiptObject | null> {
    const merchant = this.#desk.merchants.merchant(request.merchant);
    const entry = await this.#desk.store.get(merchant.id, request.id);
    if (entry?.operation !== receiptOperation) return null;
    const patience = { waitMs: request.timeoutMs, signal: request.signal };
    const latest = await awaitFinal(this.#desk, entry, patience);
    return receiptOfEntry(await this.#withSuccessor(latest), offsetOf(merchant));
  }

  /** A rejected entry stays so; what it was handed in again as is told beside it. */
  async #withSuccessor(entry: Entry): Promise<ListedEntry> {
    const successor = entry.state === 'rejected' ? await this.#desk.store.successor(entry) : null;
    return successor ? { ...entry, supersededBy: successor.id } : entry;
  }

  #check(merchant: Merchant, receipt: unknown) {
    return checkReceipt(receipt, {
      now: this.#desk.clock(),
      company: merchant.company,
      receiptMethod: merchant.receiptMethod,
      warningsAsFaults: merchant.warningsAsFaults,
      merchantId: merchant.receiptMerchantId ?? merchant.id,
    });
  }

  #newEntry(merchant: Merchant, receipt: Receipt, request: PrepareReceipt): NewEntry {
    const provider = chooseProvider(merchant, receiptOperation, receipt.receipt_format);
    const contentDigest = receiptDigest(Object(request.receipt), receipt);
    const id = this.#desk.createId();
    const document = { ...receipt };
    const businessTime = this.#desk.clock();
    return {
      id,
      merchant: merchant.id,
      provider: provider.name,
      account: accountName(provider, merchant.id),
      operation: receiptOperation,
      idempotencyKey: idempotencyKey(request.idempotencyKey, contentDigest),
      ...onTwin(merchant, request),
      contentDigest,
      claims: [],
      orderingKey: `receipt:${accountScope(provider, merchant.id)}:${receipt.payment_id}`,
      facets: facetsOf(receipt),
      document,
      request: provider.freeze({ operation: receiptOperation, document }, { reference: id, businessTime }),
    };
  }
}

function facetsOf(receipt: Receipt): EntryFacets {
  return {
    paymentId: receipt.payment_id,
    operationType: receipt.operation_type,
    totalMinor: parseAmount(receipt.total),
  };
}

function offsetOf(merchant: Merchant): number {
  return merchant.utcOffsetHours ?? defaultUtcOffsetHours;
}

function invalidReceipt(faults: readonly Fault[]): FiscalError {
  return new FiscalError({
    code: 'receipt.invalid',
    message: 'The receipt has faults; nothing was stored.',
    retryable: false,
    faults,
  });
}
