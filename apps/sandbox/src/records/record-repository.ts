import type { Country, Wallet } from '@fiscalkit/schemas';
import type { AtolRecord } from '../atol/record.js';
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
  readonly atol = new AtolRepository();
  readonly #store: RecordStore;

  constructor(store: RecordStore, stored: Iterable<SandboxRecord>) {
    this.#store = store;
    for (const record of stored) this.#index(record);
  }

  register(record: SandboxRecord): void {
    this.#store.append(record);
    this.#index(record);
  }

  clear(): void {
    this.#store.clear();
    this.receipts.clear();
    this.confirmations.clear();
    this.atol.clear();
  }

  close(): void {
    this.#store.close();
  }

  #index(record: SandboxRecord): void {
    if (record.kind === 'receipt') this.receipts.add(record);
    else if (record.kind === 'confirmation') this.confirmations.add(record);
    else this.atol.add(record);
  }
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

/** Documents of ATOL Online in order of their taking. */
class AtolRepository {
  readonly #all: AtolRecord[] = [];
  readonly #byUuid = new Map<string, AtolRecord>();
  readonly #byExternalId = new Map<string, AtolRecord>();
  readonly #receipts = new Map<string, number>();

  add(record: AtolRecord): void {
    const { uuid, groupCode, externalId, outcome } = record;
    this.#all.push(record);
    this.#byUuid.set(uuid, record);
    // A forgotten id that is used again names its newest document.
    this.#byExternalId.set(`${groupCode} ${externalId}`, record);
    if (outcome.kind !== 'stays-waiting' && outcome.registration !== null) {
      this.#receipts.set(groupCode, this.nextDocumentNumber(groupCode));
    }
  }

  byUuid(uuid: string): AtolRecord | null {
    return this.#byUuid.get(uuid) ?? null;
  }

  byExternalId(groupCode: string, externalId: string): AtolRecord | null {
    return this.#byExternalId.get(`${groupCode} ${externalId}`) ?? null;
  }

  /** Returns all documents, oldest first. */
  list(): readonly AtolRecord[] {
    return this.#all;
  }

  /** Returns the next document number of a group's register, which counts from 1 without gaps. */
  nextDocumentNumber(groupCode: string): number {
    return (this.#receipts.get(groupCode) ?? 0) + 1;
  }

  clear(): void {
    this.#all.length = 0;
    this.#byUuid.clear();
    this.#byExternalId.clear();
    this.#receipts.clear();
  }
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
