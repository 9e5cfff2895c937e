import type { DatabaseSync } from 'node:sqlite';
import { keepingEarlier } from '../../entry/doubt.js';
import type { Step } from '../../entry/transition.js';
import { sendingDetails } from '../../journal/details.js';
import type { EntryRow } from '../entry-row.js';
import type { DeclaredRestore } from '../intervention-store.js';
import type { Claim, ClaimQuery } from '../ledger-store.js';
import {
  declaredRestoreOf,
  type RestoresRow,
  restoredReason,
  restoreGuardDetails,
} from '../restore-guard.js';
import { attemptedOf, type EntryTable, entryColumns, loseLease } from './entry-table.js';
import { numberOfName } from './names.js';
import { prepareQuery } from './query.js';

/**
 * The condition that `candidate` waits for no other entry, nor for a sale. Entries behind another of their
 * ordering key mostly have no due time; the search for an earlier one guards that they are not overtaken. One
 * that waits for a sale may be, but not while the other is under way.
 */
export const waitsForNone = `awaits IS NULL AND (last_attempt_at IS NOT NULL OR NOT EXISTS (
       SELECT 1 FROM deliveries AS earlier
       WHERE earlier.queue = candidate.queue AND earlier.awaits IS NULL
       AND earlier.sequence < candidate.sequence AND earlier.state NOT IN ('registered', 'rejected')
     ))`;

/** Prepares the write that hands due entries to a worker. */
export function prepareClaim(database: DatabaseSync, table: EntryTable) {
  // The limit is cast, because SQLite plans a statement anew whenever a bare limit is given to it.
  const due = prepareQuery<EntryRow>(
    database,
    `SELECT ${entryColumns} FROM entry_rows AS candidate
     WHERE provider_number = ${numberOfName('provider')} AND account_number = ${numberOfName('account')}
     AND merchant_number = ${numberOfName('merchant')} AND due_at <= :now AND ${waitsForNone}
     AND (:kind IS NULL OR (state = 'accepted') = (:kind = 'submit'))
     ORDER BY due_at LIMIT CAST(:limit AS INTEGER)`,
  );

  const prepareRestoreGuard = prepareSearchBeforeSend(database, table);

  return ({ provider, shares, leaseMs, worker }: ClaimQuery, now: number): Claim<EntryRow>[] => {
    const rows = shares.flatMap((share) => due.all({ ...share, kind: share.kind ?? null, provider, now }));
    if (rows.length === 0) return [];
    const guard = prepareRestoreGuard();
    return rows.map((row) => {
      const lease = { worker, fence: row.fence + 1, due_at: now + leaseMs };
      const guarded = row.state === 'accepted' ? guard(row, now) : null;
      const [step, held] = take(table, guarded ?? row, lease, now);
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

/** Prepares the read of the declared windows. */
export function prepareRestored(database: DatabaseSync): () => DeclaredRestore | null {
  const restores = prepareQuery<RestoresRow>(
    database,
    'SELECT max(declared_at) AS declared_at, min(since) AS since, max(until) AS until FROM restores',
  );
  return () => declaredRestoreOf(restores.one());
}

/**
 * Makes an entry `unknown` instead of letting it be sent, when an earlier life of a restored ledger may have
 * sent it; `null` if not.
 */
type SearchBeforeSend = (row: EntryRow, now: number) => EntryRow | null;

const mayBeSent: SearchBeforeSend = () => null;

/**
 * Prepares the restore guard of a claim; the returned function is applied to each of the entries that are
 * claimed together.
 */
function prepareSearchBeforeSend(database: DatabaseSync, table: EntryTable): () => SearchBeforeSend {
  const restored = prepareRestored(database);

  return () => {
    const declared = restored();
    if (declared === null) return mayBeSent;
    const declaredAt = declared.declaredAt.getTime();
    const since = declared.since.getTime();
    const until = declared.until.getTime();
    return (row, now) => {
      const sentSince = row.last_attempt_at !== null && row.last_attempt_at >= declaredAt;
      if (sentSince || row.accepted_at >= until) return null;
      const guarded = {
        state: 'unknown',
        changed_at: now,
        first_attempt_at: Math.min(row.first_attempt_at ?? since, since),
        // Only a ledger that ended before the declaration can have sent it.
        last_attempt_at: declaredAt,
        reason: JSON.stringify(keepingEarlier(restoredReason, attemptedOf(row))),
      } as const;
      return table.change(row, guarded, { at: now, details: restoreGuardDetails });
    };
  };
}
