import type { DatabaseSync } from 'node:sqlite';
import type { Entry } from '../../entry/entry.js';
import { urgentReasons } from '../../entry/needs-attention.js';
import { nextVersionKey } from '../../entry/operator-action.js';
import { saleRejectedReason } from '../../entry/sale-dependency.js';
import type { JournalRow } from '../../journal/journal-row.js';
import { type EntryCount, entriesByState, unfinishedByProvider } from '../entry-count.js';
import type { EntryRow } from '../entry-row.js';
import type { AccountEntriesQuery, StuckQuery } from '../intervention-store.js';
import { type JournalTableRow, journalRowOf } from '../journal-table-row.js';
import type { BacklogName, StoreFigures, Wait } from '../ledger-store.js';
import { waitsForNone } from './claim.js';
import { prepareQuery } from './query.js';

/** What names one entry to its merchant. */
type NamedEntry = Pick<Entry, 'merchant' | 'id'>;

/** Where an entry stands among those of its payment. */
type PlaceInOrder = Pick<Entry, 'orderingKey' | 'sequence'> & Pick<Entry['facets'], 'paymentId'>;

/** Prepares the reads of single entries and what belongs to them. */
export function prepareReads(database: DatabaseSync) {
  const byId = prepareQuery<EntryRow>(
    database,
    'SELECT * FROM entries WHERE id = :id AND merchant = :merchant',
  );
  const byIdAlone = prepareQuery<EntryRow>(database, 'SELECT * FROM entries WHERE id = :id');
  const byKey = prepareQuery<EntryRow>(
    database,
    'SELECT * FROM entries WHERE merchant = :merchant AND idempotency_key = :key',
  );
  const bound = prepareQuery<{ id: string }>(
    database,
    // Entries with the same ordering key are of the same payment, and by that they are found.
    `SELECT provider_document_id AS id FROM entries WHERE payment_id = :paymentId AND ordering_key = :orderingKey
     AND provider_document_id IS NOT NULL AND sequence <> :sequence`,
  );
  const journal = prepareQuery<JournalTableRow>(
    database,
    'SELECT * FROM journal WHERE entry_id = :id ORDER BY version',
  );

  return {
    get: (name: NamedEntry): EntryRow | null => byId.one(name) ?? null,
    entry: (id: string): EntryRow | null => byIdAlone.one({ id }) ?? null,
    successor: ({ merchant, id }: NamedEntry): EntryRow | null =>
      byKey.one({ merchant, key: nextVersionKey(id) }) ?? null,
    boundDocumentIds: (place: PlaceInOrder): Set<string> => new Set(bound.all(place).map(({ id }) => id)),
    journal: (id: string): JournalRow[] => journal.all({ id }).map(journalRowOf),
  };
}

/** What counts as late. */
export interface FiguresQuery {
  readonly overdueAfterMs: number;
  readonly unknownForLongMs: number;
}

/** Prepares the read of what waits; it looks at counters and unfinished entries only. */
export function prepareFigures(database: DatabaseSync) {
  const counts = prepareQuery<EntryCount>(
    database,
    'SELECT provider, state, entries FROM counts WHERE entries > 0',
  );
  const due = prepareQuery<{ due: number }>(
    database,
    'SELECT count(*) AS due FROM entries WHERE due_at IS NOT NULL AND due_at <= :now',
  );
  const oldest = prepareQuery<{ oldest: number | null }>(
    database,
    `SELECT min(accepted_at) AS oldest FROM entries WHERE state NOT IN ('registered', 'rejected')`,
  );
  const overdue = prepareQuery<{ overdue: number }>(
    database,
    `SELECT count(*) AS overdue FROM entries
     WHERE state NOT IN ('registered', 'rejected') AND accepted_at <= :before`,
  );

  const unknown = prepareQuery<{ unknown: number }>(
    database,
    `SELECT count(*) AS unknown FROM entries WHERE state = 'unknown' AND changed_at <= :before`,
  );

  const held = prepareQuery<{ held: number }>(
    database,
    `SELECT count(*) AS held FROM entries
     WHERE awaits IS NOT NULL AND state = 'accepted' AND json_extract(reason, '$.code') = '${saleRejectedReason.code}'`,
  );
  const restored = prepareQuery<{ until: number | null }>(
    database,
    'SELECT max(until) AS until FROM restores WHERE until > :now',
  );

  return ({ overdueAfterMs, unknownForLongMs }: FiguresQuery, now: number): StoreFigures => {
    const rows = counts.all();
    const oldestAt = oldest.one()?.oldest ?? null;
    const until = restored.one({ now })?.until ?? null;
    return {
      byState: entriesByState(rows),
      unfinishedByProvider: unfinishedByProvider(rows),
      due: due.one({ now })?.due ?? 0,
      oldestUnfinishedAt: oldestAt === null ? null : new Date(Math.min(oldestAt, now)),
      overdue: overdue.one({ before: now - overdueAfterMs })?.overdue ?? 0,
      unknownForLong: unknown.one({ before: now - unknownForLongMs })?.unknown ?? 0,
      held: held.one()?.held ?? 0,
      restoredUntil: until === null ? null : new Date(until),
    };
  };
}

/** Of whom to tell: these backlogs of a provider, or all that there are. */
export interface WaitsQuery {
  readonly provider: string;
  readonly names?: readonly BacklogName[];
}

type DueRow = BacklogName & { readonly due_at: number };

/** Prepares the read of when entries are due: from backlog to backlog in the index, whatever lies between. */
export function prepareWaiting(database: DatabaseSync) {
  const next = prepareQuery<DueRow>(
    database,
    `SELECT account, merchant, due_at FROM entries
     WHERE provider = :provider AND due_at IS NOT NULL AND (account, merchant) > (:account, :merchant)
     ORDER BY account, merchant, due_at LIMIT 1`,
  );
  // A claim would not take what waits for another entry: told of that, a queue would look for it without end.
  const first = prepareQuery<{ due_at: number }>(
    database,
    `SELECT due_at FROM entries AS candidate
     WHERE provider = :provider AND account = :account AND merchant = :merchant AND due_at IS NOT NULL
     AND ${waitsForNone} ORDER BY due_at LIMIT 1`,
  );

  function* rows({ provider, names }: WaitsQuery): Iterable<DueRow> {
    if (names) {
      for (const { account, merchant } of names) {
        const soonest = first.one({ provider, account, merchant });
        if (soonest) yield { account, merchant, due_at: soonest.due_at };
      }
      return;
    }
    let row = next.one({ provider, account: '', merchant: '' });
    while (row) {
      yield row;
      row = next.one({ provider, account: row.account, merchant: row.merchant });
    }
  }

  return (query: WaitsQuery, now: number): Wait[] =>
    Array.from(rows(query), ({ account, merchant, due_at }) => ({
      account,
      merchant,
      dueInMs: Math.max(0, due_at - now),
    }));
}

/** Prepares the read of the entries of an account that are not final. */
export function prepareUnfinishedOf(database: DatabaseSync) {
  const unfinished = prepareQuery<EntryRow>(
    database,
    `SELECT * FROM entries WHERE state NOT IN ('registered', 'rejected') AND account = :account
     AND (:merchant IS NULL OR merchant = :merchant) AND (accepted_at, sequence) > (:acceptedAt, :sequence)
     ORDER BY accepted_at, sequence LIMIT CAST(:limit AS INTEGER)`,
  );

  return ({ account, merchant, after, limit }: AccountEntriesQuery): EntryRow[] =>
    unfinished.all({
      account,
      merchant: merchant ?? null,
      acceptedAt: after?.acceptedAt.getTime() ?? Number.MIN_SAFE_INTEGER,
      sequence: after?.sequence ?? 0,
      limit,
    });
}

/**
 * Prepares the read of the entries that wait for a person; it looks at what is rejected or unfinished only.
 */
export function prepareListStuck(database: DatabaseSync) {
  const wanted = `(:merchant IS NULL OR merchant = :merchant)
    AND (:states IS NULL OR state IN (SELECT value FROM json_each(:states)))`;
  // A time that is yet to come was noted by a wrong clock.
  const isUrgent = `(state = 'parked' OR accepted_at <= :before OR accepted_at > :now
    OR json_extract(reason, '$.code') IN ${urgentReasons}
    OR awaits IS NOT NULL AND json_extract(reason, '$.code') = '${saleRejectedReason.code}')`;
  const stuck = prepareQuery<EntryRow>(
    database,
    `SELECT entries.* FROM (
       SELECT sequence, changed_at FROM entries AS rejected WHERE state = 'rejected' AND ${wanted} AND NOT EXISTS (
         SELECT 1 FROM entries AS newer
         WHERE newer.merchant = rejected.merchant AND newer.idempotency_key = '${nextVersionKey('')}' || rejected.id
       )
       UNION ALL
       SELECT sequence, changed_at FROM entries
       WHERE state NOT IN ('registered', 'rejected') AND ${isUrgent} AND ${wanted}
       ORDER BY changed_at, sequence LIMIT :limit OFFSET :offset
     ) AS page CROSS JOIN entries USING (sequence) ORDER BY page.changed_at, sequence`,
  );

  return ({ merchant, states, olderThanMs, offset, limit }: StuckQuery, now: number): EntryRow[] =>
    stuck.all({
      merchant: merchant ?? null,
      states: states ? JSON.stringify(states) : null,
      before: now - olderThanMs,
      now,
      offset,
      limit,
    });
}
