import type { Entry, NewEntry } from '../../entry/entry.js';
import type { Transition } from '../../entry/transition.js';
import type { Claim } from '../ledger-store.js';
import type { StoreHarness } from './store-harness.fixture.js';

/** A receipt of the payment `1`; `closing` is one that is settled by a prepayment. */
export function receipt(operationType: string, kind: 'plain' | 'closing' = 'plain'): Partial<NewEntry> {
  return {
    orderingKey: 'receipt:account:1',
    facets: { paymentId: '1', operationType, totalMinor: 500 },
    document: {
      payment_id: '1',
      operation_type: operationType,
      positions: [{ name: 'Tea', price: 5 }],
      settlements: [{ type: kind === 'closing' ? 'prepayment' : 'cash', sum: 5 }],
    },
  };
}

export const sale = receipt('sell');
export const refund = receipt('sell_refund');
export const closing = receipt('sell', 'closing');

/** The claim of this entry, which must be the only one that is due. */
export async function claimOnly(harness: StoreHarness, { id }: Pick<Entry, 'id'>): Promise<Claim> {
  const claims = await harness.claim();
  const [first] = claims;
  if (!first || claims.length !== 1 || first.entry.id !== id) {
    throw new Error(`${JSON.stringify(claims.map(({ entry }) => entry.facets))} was due`);
  }
  return first;
}

/** Lets the entry be claimed, alone, and ends it so. */
export async function end(harness: StoreHarness, entry: Pick<Entry, 'id'>, transition: Transition) {
  return harness.settle(await claimOnly(harness, entry), transition);
}
