import type { Provider } from '@fiscalkit/client';
import { createLedger } from '../create-ledger.js';
import type { NewEntry } from '../entry/entry.js';
import { testMerchant, testTime } from '../services/ledger-harness.fixture.js';
import { sampleReceipt } from '../services/sample-receipt.fixture.js';
import { createSqliteStore } from '../store/sqlite/create-sqlite-store.js';
import type { Plan } from './scenario.fixture.js';

const soliqLink = 'https://ofd.soliq.uz/check?t=UZ170703100597&r=2421&c=20230104121801&s=514343190161';

/**
 * Returns what the services make of a plan, once for each time that it is sent: checked, keyed and frozen.
 */
export async function preparedDocuments(plan: Plan, provider: Provider): Promise<readonly NewEntry[]> {
  const documents: NewEntry[] = [];
  for (let time = 1; time <= plan.times; time += 1) {
    documents.push(await prepared(plan, provider, `${plan.name}#${time}`));
  }
  return documents;
}

async function prepared(plan: Plan, provider: Provider, id: string): Promise<NewEntry> {
  const store = createSqliteStore({ path: ':memory:' });
  const merchant = merchantOf(plan, provider);
  const ledger = createLedger({ store, merchants: [merchant], clock: () => testTime, createId: () => id });
  const caller = { merchant: merchant.id, idempotencyKey: plan.key ?? undefined };
  const entry =
    plan.operation === 'confirmation'
      ? ledger.payments.prepare({ ...caller, wallet: 'anor', confirmation: confirmationOf(plan) })
      : ledger.receipts.prepare({ ...caller, receipt: receiptOf(plan, plan.operation), twin: plan.twin })
          .entry;
  await store.close();
  return entry;
}

/** Returns the merchant of a plan, with its provider. */
export function merchantOf({ merchant = testMerchant.id }: Pick<Plan, 'merchant'>, provider: Provider) {
  return {
    ...testMerchant,
    id: merchant,
    receiptMerchantId: testMerchant.id,
    providers: [provider],
  };
}

function receiptOf({ paymentId, corrected }: Plan, operation: 'sell' | 'sell_refund') {
  const receipt = sampleReceipt({ payment_id: paymentId, operation_type: operation });
  const positions = receipt.positions.map((position) => ({
    ...position,
    name: `${position.name}, исправлен`,
  }));
  return corrected ? { ...receipt, positions } : receipt;
}

function confirmationOf({ paymentId }: Plan) {
  return { transaction_id: String(paymentId), qr_code: soliqLink };
}
