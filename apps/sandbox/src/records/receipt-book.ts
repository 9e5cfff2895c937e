import type { Country } from '@fiscalkit/schemas';
import { shownPaymentId } from '../writing/shown-payment-id.js';
import type { ReceiptRecord } from './receipt-record.js';

/** The receipts taken, in the order they came. */
export class ReceiptBook {
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
