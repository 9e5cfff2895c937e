import type { Country, Wallet } from '@fiscalkit/schemas';
import { shownPaymentId } from '../writing/write-receipt.js';
import type { ConfirmationRecord, ReceiptRecord } from './record.js';
import { type Keeper, keepNothing, openDataFile, type SandboxRecord } from './record-store.js';

/** What was registered before, from a data file, or an empty book that keeps nothing. */
export function openRecords(dataFile: string | undefined): RecordBook {
  if (dataFile === undefined) return new RecordBook(keepNothing, []);
  const { keeper, records } = openDataFile(dataFile);
  return new RecordBook(keeper, records);
}

/** Everything that the emulated providers have registered. What can't be kept is not registered either. */
export class RecordBook {
  readonly receipts = new ReceiptBook();
  readonly confirmations = new ConfirmationBook();
  readonly #keeper: Keeper;

  constructor(keeper: Keeper, earlier: Iterable<SandboxRecord>) {
    this.#keeper = keeper;
    for (const record of earlier) this.#remember(record);
  }

  register(record: ReceiptRecord | ConfirmationRecord): void {
    this.#keeper.keep(record);
    this.#remember(record);
  }

  clear(): void {
    this.#keeper.clear();
    this.receipts.clear();
    this.confirmations.clear();
  }

  close(): void {
    this.#keeper.close();
  }

  #remember(record: SandboxRecord): void {
    if (record.kind === 'receipt') this.receipts.add(record);
    else this.confirmations.add(record);
  }
}

/** The receipts taken, in the order they came. */
class ReceiptBook {
  readonly #all: ReceiptRecord[] = [];
  readonly #byId = new Map<string, ReceiptRecord>();
  readonly #byPayment = new Map<string, ReceiptRecord[]>();
  readonly #byFilter = new Map<string, ReceiptRecord[]>();
  readonly #marks = { ru: 0, uz: 0 };

  add(record: ReceiptRecord): void {
    this.#all.push(record);
    this.#byId.set(record.receiptId, record);
    const { payment_id: paymentId } = record.receipt;
    append(this.#byPayment, paymentId, record);
    append(this.#byFilter, filterIdOf(record), record);
    if (record.fate.kind === 'registers') this.#marks[record.fate.mark.country] += 1;
  }

  get(receiptId: string): ReceiptRecord | null {
    return this.#byId.get(receiptId) ?? null;
  }

  /** All receipts, or those of one payment, oldest first. */
  list(paymentId?: string): readonly ReceiptRecord[] {
    return paymentId === undefined ? this.#all : (this.#byPayment.get(paymentId) ?? []);
  }

  /** The receipts that the provider's list finds under a payment id, oldest first. */
  found(paymentId: string): readonly ReceiptRecord[] {
    return this.#byFilter.get(paymentId) ?? [];
  }

  /** The number that a country's register gives its next document; registers count without gaps from 1. */
  nextDocumentNumber(country: Country): number {
    return this.#marks[country] + 1;
  }

  clear(): void {
    this.#all.length = 0;
    this.#byId.clear();
    this.#byPayment.clear();
    this.#byFilter.clear();
    this.#marks.ru = 0;
    this.#marks.uz = 0;
  }
}

function filterIdOf({ receipt, writing = [] }: ReceiptRecord): string {
  const { payment_id: paymentId } = receipt;
  return writing.includes('own-id-filter') ? shownPaymentId(paymentId, writing) : paymentId;
}

function append(map: Map<string, ReceiptRecord[]>, key: string, record: ReceiptRecord): void {
  const records = map.get(key);
  if (records === undefined) map.set(key, [record]);
  else records.push(record);
}

/** A confirmation and how often it was repeated since the sandbox started. */
export interface ConfirmationEntry {
  readonly record: ConfirmationRecord;
  readonly repeats: number;
}

/** The links attached to payments: one for each payment of a wallet. */
class ConfirmationBook {
  readonly #entries = new Map<string, { record: ConfirmationRecord; repeats: number }>();

  add(record: ConfirmationRecord): void {
    this.#entries.set(keyOf(record.wallet, record.paymentId), { record, repeats: 0 });
  }

  get(wallet: Wallet, paymentId: string): ConfirmationRecord | null {
    return this.#entries.get(keyOf(wallet, paymentId))?.record ?? null;
  }

  countRepeat(record: ConfirmationRecord): void {
    const entry = this.#entries.get(keyOf(record.wallet, record.paymentId));
    if (entry !== undefined) entry.repeats += 1;
  }

  /** All confirmations, oldest first. */
  list(): readonly ConfirmationEntry[] {
    return [...this.#entries.values()];
  }

  clear(): void {
    this.#entries.clear();
  }
}

function keyOf(wallet: Wallet, paymentId: string): string {
  return `${wallet}:${paymentId}`;
}
