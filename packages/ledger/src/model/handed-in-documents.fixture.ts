import type { Provider } from '@fiscalkit/client';
import { createLedger } from '../desk/create-ledger.js';
import { benchMerchant, benchTime } from '../desk/ledger-bench.fixture.js';
import { sampleReceipt } from '../desk/sample-receipt.fixture.js';
import type { Entry, NewEntry } from '../entry/entry.js';
import { createSqliteStore } from '../store/sqlite/create-sqlite-store.js';
import type { Plan } from './scenario.fixture.js';

const soliqLink = 'https://ofd.soliq.uz/check?t=UZ170703100597&r=2421&c=20230104121801&s=514343190161';

/** What the desks make of a plan, each time that it is handed in: checked, keyed and frozen as for every caller. */
export async function handedInDocuments(plan: Plan, provider: Provider): Promise<readonly NewEntry[]> {
  const documents: NewEntry[] = [];
  for (let time = 1; time <= plan.times; time += 1) {
    documents.push(await handedIn(plan, provider, `${plan.name}#${time}`));
  }
  return documents;
}

async function handedIn(plan: Plan, provider: Provider, id: string): Promise<NewEntry> {
  const store = createSqliteStore({ path: ':memory:' });
  const merchants = [{ ...benchMerchant, providers: [provider] }];
  const ledger = createLedger({ store, merchants, clock: () => benchTime, createId: () => id });
  const caller = { merchant: benchMerchant.id, idempotencyKey: plan.key ?? undefined, waitMs: 0 };
  if (plan.operation === 'confirmation') {
    const confirmation = { transaction_id: String(plan.paymentId), qr_code: soliqLink };
    await ledger.payments.confirm({ ...caller, wallet: 'anor', confirmation });
  } else {
    const given = { payment_id: plan.paymentId, operation_type: plan.operation };
    await ledger.receipts.create({ ...caller, receipt: sampleReceipt(given) });
  }
  const entry = await store.get(caller.merchant, id);
  await store.close();
  if (!entry) throw new Error('the ledger keeps what it accepts');
  return newEntryOf(entry);
}

function newEntryOf(entry: Entry): NewEntry {
  const { id, merchant, provider, account, operation, idempotencyKey, contentDigest, claims } = entry;
  const { orderingKey, facets, document, request } = entry;
  return {
    ...{ id, merchant, provider, account, operation, idempotencyKey, contentDigest, claims },
    ...{ orderingKey, facets, document, request },
  };
}
