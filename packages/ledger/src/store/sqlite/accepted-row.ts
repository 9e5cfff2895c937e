import type { EntryRow } from '../entry-row.js';
import type { NewEntryRow } from '../new-entry-row.js';

/** What an entry waits for from the beginning. */
export interface AcceptedWaits {
  /** Whether an earlier entry of its ordering key is not final. */
  readonly blocked: boolean;
  readonly awaits: EntryRow['awaits'];
}

/** The row of an entry that is accepted now, without its journal row yet. */
export function acceptedRow(
  row: NewEntryRow,
  { blocked, awaits }: AcceptedWaits,
  now: number,
): Omit<EntryRow, 'sequence'> {
  return {
    ...row,
    state: 'accepted',
    accepted_at: now,
    changed_at: now,
    due_at: blocked || awaits !== null ? null : now,
    worker: null,
    fence: 0,
    attempts: 0,
    failures: 0,
    first_attempt_at: null,
    last_attempt_at: null,
    provider_document_id: null,
    registration: null,
    reason: null,
    awaits,
    version: 0,
    hash: '',
  };
}
