import type { EntryRow } from '../entry-row.js';
import type { NewEntryRow } from '../new-entry-row.js';

/** The row of an entry that is accepted now, without its journal row yet. `blocked` says that an earlier entry of its ordering key is not final. */
export function acceptedRow(row: NewEntryRow, blocked: boolean, now: number): Omit<EntryRow, 'sequence'> {
  return {
    ...row,
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
