import type { NewEntry } from '../../entry/entry.js';
import type { EntryRow } from '../entry-row.js';

/** A new entry as a table row that has no journal row yet. `blocked` says that an earlier entry of its ordering key is not final. */
export function rowOfNewEntry(entry: NewEntry, blocked: boolean, now: number): Omit<EntryRow, 'sequence'> {
  return {
    id: entry.id,
    merchant: entry.merchant,
    provider: entry.provider,
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
    body: entry.request.body,
    state: 'accepted',
    accepted_at: now,
    changed_at: now,
    due_at: blocked ? null : now,
    worker: null,
    fence: 0,
    attempts: 0,
    failures: 0,
    first_attempt_at: null,
    last_attempt_at: null,
    provider_document_id: null,
    registration: null,
    reason: null,
    version: 0,
    hash: '',
  };
}
