import type { Entry, NewEntry } from '../entry/entry.js';
import type { DeliveryRow, EntryRow } from './entry-row.js';
import type { NewEntryRow } from './new-entry-row.js';
import { UnreadDocument } from './unread-document.js';

/** Reads what is frozen of a table row. */
export function newEntryOfRow(row: NewEntryRow): NewEntry {
  return { ...withoutDocument(row), document: JSON.parse(row.document) };
}

function withoutDocument(row: NewEntryRow): Omit<NewEntry, 'document'> {
  return {
    id: row.id,
    merchant: row.merchant,
    provider: row.provider,
    account: row.account,
    operation: row.operation,
    idempotencyKey: row.idempotency_key,
    contentDigest: row.content_digest,
    claims: JSON.parse(row.claims),
    orderingKey: row.ordering_key,
    facets: {
      paymentId: row.payment_id,
      operationType: row.operation_type,
      totalMinor: row.total_minor,
    },
    request: {
      operation: row.operation,
      reference: row.reference,
      businessTime: new Date(row.business_time),
      body: plainBytes(row.body),
    },
  };
}

/** Reads a table row as an entry. */
export function entryOfRow(row: EntryRow): Entry {
  return Object.assign(new UnreadDocument(() => JSON.parse(row.document)), {
    ...withoutDocument(row),
    sequence: row.sequence,
    acceptedAt: new Date(row.accepted_at),
    ...deliveryOf(row),
  });
}

/** The entry as delivery has changed it since it was read; its document is still read only when somebody looks at it. */
export function entryWithDelivery(entry: Entry, row: DeliveryRow): Entry {
  return Object.assign(new UnreadDocument(() => entry.document), {
    id: entry.id,
    merchant: entry.merchant,
    provider: entry.provider,
    operation: entry.operation,
    idempotencyKey: entry.idempotencyKey,
    contentDigest: entry.contentDigest,
    claims: entry.claims,
    orderingKey: entry.orderingKey,
    facets: entry.facets,
    request: entry.request,
    sequence: entry.sequence,
    acceptedAt: entry.acceptedAt,
    ...deliveryOf(row),
  });
}

function deliveryOf(
  row: DeliveryRow,
): Omit<Entry, Exclude<keyof NewEntry, 'account'> | 'sequence' | 'acceptedAt'> {
  return {
    account: row.account,
    state: row.state,
    version: row.version,
    changedAt: new Date(row.changed_at),
    dueAt: dateOrNull(row.due_at),
    attempts: row.attempts,
    failures: row.failures,
    firstAttemptAt: dateOrNull(row.first_attempt_at),
    lastAttemptAt: dateOrNull(row.last_attempt_at),
    providerDocumentId: row.provider_document_id,
    registration: row.registration === null ? null : JSON.parse(row.registration),
    reason: row.reason === null ? null : JSON.parse(row.reason),
  };
}

function dateOrNull(milliseconds: number | null): Date | null {
  return milliseconds === null ? null : new Date(milliseconds);
}

/** The same memory; drivers give subclasses of their own. */
function plainBytes({ buffer, byteOffset, byteLength }: Uint8Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}
