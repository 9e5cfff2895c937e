import type { Country } from '@fiscalkit/schemas';
import type { ReceiptRecord } from './receipt-record.js';

/** The receipts taken, in the order they came. */
export class ReceiptBook {
  readonly #all: ReceiptRecord[] = [];
  readonly #byId = new Map<string, ReceiptRecord>();
  readonly #byPayment = new Map<string, ReceiptRecord[]>();
  readonly #marks = { ru: 0, uz: 0 };

  add(record: ReceiptRecord): void {
    this.#all.push(record);
    this.#byId.set(record.receiptId, record);
    const { payment_id: paymentId } = record.receipt;
    const siblings = this.#byPayment.get(paymentId);
    if (siblings === undefined) this.#byPayment.set(paymentId, [record]);
    else siblings.push(record);
    if (record.fate.kind === 'registers') this.#marks[record.fate.mark.country] += 1;
  }

  get(receiptId: string): ReceiptRecord | null {
    return this.#byId.get(receiptId) ?? null;
  }

  /** All receipts, or those of one payment, oldest first. */
  list(paymentId?: string): readonly ReceiptRecord[] {
    return paymentId === undefined ? this.#all : (this.#byPayment.get(paymentId) ?? []);
  }

  /** The number that a country's register gives its next document; registers count without gaps from 1. */
  nextDocumentNumber(country: Country): number {
    return this.#marks[country] + 1;
  }

  clear(): void {
    this.#all.length = 0;
    this.#byId.clear();
    this.#byPayment.clear();
    this.#marks.ru = 0;
    this.#marks.uz = 0;
  }
}
