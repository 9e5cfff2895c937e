import { randomUUID } from 'node:crypto';
import type { NewEntry } from '../entry/entry.js';
import { sha256Hex } from '../journal/digest.js';

/** A complete new entry; what a test is about is given, the rest is made up and unique. */
export function newEntry(given: Partial<NewEntry> = {}): NewEntry {
  const id = given.id ?? randomUUID();
  const paymentId = given.facets?.paymentId ?? `payment-${id}`;
  const contentDigest = given.contentDigest ?? sha256Hex(id);
  const document = { payment_id: paymentId, positions: [{ name: 'Tea', price: 5 }], note: contentDigest };
  return {
    id,
    merchant: 'shop',
    provider: 'memory',
    account: ':shop@memory:',
    operation: 'receipt',
    idempotencyKey: `key:${id}`,
    contentDigest,
    uniqueKeys: [],
    orderingKey: `receipt:${paymentId}`,
    facets: { paymentId, operationType: 'sell', totalMinor: 500 },
    document,
    request: {
      operation: 'receipt',
      reference: id,
      businessTime: new Date('2026-05-04T10:00:00.000Z'),
      body: new TextEncoder().encode(JSON.stringify(document)),
    },
    ...given,
  };
}
