import type { Entry, NewEntry } from '../entry/entry.js';
import { saleRejectedReason } from '../entry/sale-rejected.js';
import type { EntryRow } from './entry-row.js';

/** What the store added to a new entry when it took it; times in milliseconds. */
export type AcceptedPlace = Pick<EntryRow, 'sequence' | 'accepted_at' | 'due_at'> & {
  /** Whether it is held, because the sale that it depends on was rejected. */
  readonly held: boolean;
};

/** A new entry as the store keeps it from then on. */
export function acceptedEntry(
  { onTwin: _, ...entry }: NewEntry,
  { sequence, accepted_at, due_at, held }: AcceptedPlace,
): Entry {
  const acceptedAt = new Date(accepted_at);
  return {
    ...entry,
    sequence,
    state: 'accepted',
    version: held ? 2 : 1,
    acceptedAt,
    changedAt: acceptedAt,
    dueAt: due_at === null ? null : new Date(due_at),
    attempts: 0,
    failures: 0,
    firstAttemptAt: null,
    lastAttemptAt: null,
    providerDocumentId: null,
    registration: null,
    reason: held ? saleRejectedReason : null,
  };
}
