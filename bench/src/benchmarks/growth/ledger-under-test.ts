import { randomUUID } from 'node:crypto';
import { createFreedompay } from '@fiscalkit/client/freedompay';
import { createLedger, type LedgerStore, type NewEntry, uncheckedReceipt } from '@fiscalkit/ledger';
import { demoMerchant, sampleSale } from '@fiscalkit/testing';

/** The tenants of the ledgers under test; each has a tenth of the receipts. */
export const merchants: readonly string[] = Array.from({ length: 10 }, (_, index) => `merchant-${index}`);

/** The finished receipts were accepted within so many days before the measurement. */
export const periodDays = 30;

export const dayMs = 86_400_000;

/** A receipt that was registered before the measurement. */
export interface FinishedReceipt {
  readonly merchant: string;
  readonly id: string;
}

/** A ledger with finished receipts, and what the operations need of it. */
export interface LedgerUnderTest {
  readonly name: string;
  readonly store: LedgerStore;
  /** Some of the finished receipts, from all over the table, in no order. */
  readonly finished: readonly FinishedReceipt[];
  /** Returns a new sale, checked and frozen as the ledger does it. */
  readonly newEntry: () => NewEntry;
}

/** Makes new sales, each of another payment from this number on, for one merchant after the other. */
export function entryMaker(store: LedgerStore, firstPayment = 9_000_000_000): () => NewEntry {
  const providers = [createFreedompay({ ...demoMerchant, baseUrl: 'http://127.0.0.1' })];
  const { receipts } = createLedger({
    store,
    merchants: merchants.map((id) => ({ id, receiptMerchantId: demoMerchant.merchantId, providers })),
  });
  let made = 0;
  return () => {
    made += 1;
    const merchant = merchants[made % merchants.length] ?? '';
    const receipt = uncheckedReceipt(sampleSale(firstPayment + made));
    return receipts.prepare({ merchant, receipt, idempotencyKey: randomUUID() }).entry;
  };
}
