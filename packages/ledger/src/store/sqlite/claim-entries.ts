import type { DatabaseSync } from 'node:sqlite';
import { sendingDetails } from '../../journal/journal-details.js';
import type { EntryRow } from '../entry-row.js';
import type { Claim, ClaimQuery, Step } from '../ledger-store.js';
import type { EntryTable } from './entry-table.js';
import { prepareLookFirst } from './look-first.js';
import { loseLease } from './lose-lease.js';
import { prepareQuery } from './query.js';

/**
 * The condition that `candidate` waits for no other entry, nor for a sale. Entries behind another of their ordering key mostly have no
 * due time; the search for an earlier one guards that they are not overtaken. One that waits for a sale may be, but not while the other
 * is under way.
 */
export const waitsForNone = `awaits IS NULL AND (last_attempt_at IS NOT NULL OR NOT EXISTS (
       SELECT 1 FROM entries AS earlier
       WHERE earlier.ordering_key = candidate.ordering_key AND earlier.awaits IS NULL
       AND earlier.sequence < candidate.sequence AND earlier.state NOT IN ('registered', 'rejected')
     ))`;

/** Prepares the write that hands due entries to a worker. */
export function prepareClaim(database: DatabaseSync, table: EntryTable) {
  // The limit is cast, because SQLite plans a statement anew whenever a bare limit is given to it.
  const due = prepareQuery<EntryRow>(
    database,
    `SELECT * FROM entries AS candidate
     WHERE provider = :provider AND account = :account AND merchant = :merchant AND due_at <= :now AND ${waitsForNone}
     ORDER BY due_at LIMIT CAST(:limit AS INTEGER)`,
  );

  const prepareCaution = prepareLookFirst(database, table);

  return ({ provider, shares, leaseMs, worker }: ClaimQuery, now: number): Claim<EntryRow>[] => {
    const rows = shares.flatMap((share) => due.all({ ...share, provider, now }));
    if (rows.length === 0) return [];
    const lookFirst = prepareCaution();
    return rows.map((row) => {
      const lease = { worker, fence: row.fence + 1, due_at: now + leaseMs };
      const doubted = row.state === 'accepted' ? lookFirst(row, now) : null;
      const [step, held] = take(table, doubted ?? row, lease, now);
      return { entry: held, step, fence: held.fence, claimedAt: new Date(now) };
    });
  };
}

type Lease = Pick<EntryRow, 'fence' | 'due_at'> & { readonly worker: string };

function take(table: EntryTable, row: EntryRow, lease: Lease, now: number): [Step, EntryRow] {
  switch (row.state) {
    case 'accepted':
      return ['submit', startSending(table, row, lease, now)];
    case 'sending':
      return ['find', table.change(loseLease(table, row, now), lease)];
    default:
      return [row.state === 'pending' ? 'poll' : 'find', table.change(row, lease)];
  }
}

function startSending(table: EntryTable, row: EntryRow, lease: Lease, now: number): EntryRow {
  const attempts = row.attempts + 1;
  const sending = {
    ...lease,
    state: 'sending',
    changed_at: now,
    attempts,
    first_attempt_at: row.first_attempt_at ?? now,
    last_attempt_at: now,
  } as const;
  return table.change(row, sending, {
    at: now,
    details: sendingDetails(lease.fence, lease.worker, attempts),
  });
}
