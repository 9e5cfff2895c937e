import { randomUUID } from 'node:crypto';
import { createFreedompay } from '@fiscalkit/client/freedompay';
import { createLedger, type LedgerStore, type NewEntry, uncheckedReceipt } from '@fiscalkit/ledger';
import { demoMerchant } from '../receipts/demo-merchant.js';
import { sale } from '../receipts/sale.js';
import { merchants } from './merchants.js';

/** A receipt that was registered before the measurement. */
export interface FinishedReceipt {
  readonly merchant: string;
  readonly id: string;
}

/** A ledger with so many finished receipts, and what the measurements need of it. */
export interface LedgerUnderTest {
  readonly name: string;
  readonly store: LedgerStore;
  /** Some of the finished receipts, from all over the table, in no order. */
  readonly finished: readonly FinishedReceipt[];
  /** A new sale, checked and frozen as the ledger does it. */
  readonly newEntry: () => NewEntry;
}

/** Makes new sales, each of another payment, for one merchant after the other. */
export function entryMaker(store: LedgerStore): () => NewEntry {
  const providers = [createFreedompay({ ...demoMerchant, baseUrl: 'http://127.0.0.1' })];
  const { receipts } = createLedger({
    store,
    merchants: merchants.map((id) => ({ id, receiptMerchantId: demoMerchant.merchantId, providers })),
  });
  let made = 0;
  return () => {
    made += 1;
    const merchant = merchants[made % merchants.length] ?? '';
    const receipt = uncheckedReceipt(sale(9_000_000_000 + made));
    return receipts.prepare({ merchant, receipt, idempotencyKey: randomUUID() }).entry;
  };
}
