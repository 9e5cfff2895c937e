import type { NewEntry } from '../entry/entry.js';
import { saleDependency } from '../entry/sale-dependency.js';
import type { EntryRow, frozenColumns } from './entry-row.js';

/** What of a table row is known before the store has taken the entry. */
export type NewEntryRow = Pick<EntryRow, Exclude<(typeof frozenColumns)[number], 'accepted_at'> | 'account'>;

/** A new entry as columns. */
export function newEntryRow(entry: NewEntry): NewEntryRow {
  return {
    id: entry.id,
    merchant: entry.merchant,
    provider: entry.provider,
    account: entry.account,
    operation: entry.operation,
    idempotency_key: entry.idempotencyKey,
    content_digest: entry.contentDigest,
    claims: JSON.stringify(entry.claims),
    ordering_key: entry.orderingKey,
    payment_id: entry.facets.paymentId,
    operation_type: entry.facets.operationType,
    total_minor: entry.facets.totalMinor,
    document: JSON.stringify(entry.document),
    reference: entry.request.reference,
    business_time: entry.request.businessTime.getTime(),
    body: ownMemory(entry.request.body),
    depends_on: saleDependency(entry),
  };
}

/** The bytes in memory of their own: on its way to another thread, a part of a larger piece takes the whole piece along. */
function ownMemory(bytes: Uint8Array): Uint8Array {
  return bytes.byteLength === bytes.buffer.byteLength ? bytes : new Uint8Array(bytes);
}
