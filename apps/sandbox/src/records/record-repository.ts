import type { Country, Wallet } from '@fiscalkit/schemas';
import type { DocumentIndex } from '../emulators/emulator.js';
import type { EmulatedRecord } from '../emulators/emulators.js';
import { shownPaymentId } from '../writing/write-receipt.js';
import type { ConfirmationRecord, ReceiptRecord, SandboxRecord } from './record.js';
import { nullStore, openDataFile, type RecordStore } from './record-store.js';

/** Opens the records of a data file, or empty ones in memory. Throws `sandbox.data.unreadable`. */
export function openRecords(dataFile: string | undefined): RecordRepository {
  if (dataFile === undefined) return new RecordRepository(nullStore, []);
  const { store, records } = openDataFile(dataFile);
  return new RecordRepository(store, records);
}

/** Repository of everything registered. A record that can't be stored is not registered. */
export class RecordRepository {
  readonly receipts = new ReceiptRepository();
  readonly confirmations = new ConfirmationRepository();
  readonly #store: RecordStore;
  /** Documents of emulated providers that the data file had. */
  readonly #stored: readonly EmulatedRecord[];
  readonly #emulated = new Map<string, DocumentIndex<EmulatedRecord>>();

  constructor(store: RecordStore, stored: readonly SandboxRecord[]) {
    this.#store = store;
    for (const record of stored) this.#index(record);
    this.#stored = stored.filter((record) => isEmulated(record));
  }

  /** Adds the documents of an emulated provider, of which the data file may have some. */
  attach(kind: EmulatedRecord['kind'], documents: DocumentIndex<EmulatedRecord>): void {
    this.#emulated.set(kind, documents);
    for (const record of this.#stored) if (record.kind === kind) documents.add(record);
  }

  register(record: SandboxRecord): void {
    this.#store.append(record);
    this.#index(record);
  }

  clear(): void {
    this.#store.clear();
    this.receipts.clear();
    this.confirmations.clear();
    for (const documents of this.#emulated.values()) documents.clear();
  }

  close(): void {
    this.#store.close();
  }

  #index(record: SandboxRecord): void {
    if (record.kind === 'receipt') this.receipts.add(record);
    else if (record.kind === 'confirmation') this.confirmations.add(record);
    else this.#emulated.get(record.kind)?.add(record);
  }
}

function isEmulated(record: SandboxRecord): record is EmulatedRecord {
  return record.kind !== 'receipt' && record.kind !== 'confirmation';
}

/** Receipts in order of registration. */
class ReceiptRepository {
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
    if (record.outcome.kind === 'registers') this.#marks[record.outcome.mark.country] += 1;
  }

  get(receiptId: string): ReceiptRecord | null {
    return this.#byId.get(receiptId) ?? null;
  }

  /** Returns all receipts, or those of one payment, oldest first. */
  list(paymentId?: string): readonly ReceiptRecord[] {
    return paymentId === undefined ? this.#all : (this.#byPayment.get(paymentId) ?? []);
  }

  /** Returns the receipts that the provider's list finds by a payment id, oldest first. */
  listedUnder(paymentId: string): readonly ReceiptRecord[] {
    return this.#byFilter.get(paymentId) ?? [];
  }

  /** Returns the next document number of a country's register, which counts from 1 without gaps. */
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

/** A confirmation and the number of its repeats since the sandbox started. */
export interface ConfirmationEntry {
  readonly record: ConfirmationRecord;
  readonly repeats: number;
}

/** Links attached to payments, one for each payment of a wallet. */
class ConfirmationRepository {
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

  /** Returns all confirmations, oldest first. */
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
