import type { DatabaseSync } from 'node:sqlite';
import type { Entry } from '../../entry/entry.js';
import { urgentReasons } from '../../entry/needs-attention.js';
import { saleRejectedReason } from '../../entry/sale-dependency.js';
import { type EntryCount, entriesByState, unfinishedByProvider } from '../entry-count.js';
import type { EntryRow } from '../entry-row.js';
import type { AccountEntriesQuery, StuckQuery } from '../intervention-store.js';
import type { BacklogName, PaymentName, StoreFigures, Wait } from '../ledger-store.js';
import { waitsForNone } from './claim.js';
import { prepareIndexLag } from './entry-index.js';
import { entryColumns } from './entry-table.js';
import { prepareJournal } from './journal-blocks.js';
import { numberOfName, numbersOfNames } from './names.js';
import { prepareQuery } from './query.js';
import { storedId } from './stored-columns.js';

/** What names one entry to its merchant. */
type NamedEntry = Pick<Entry, 'merchant' | 'id'>;

/** Where an entry stands among those of its payment. */
type PlaceInOrder = Pick<Entry, 'orderingKey' | 'sequence'> & Pick<Entry['facets'], 'paymentId'>;

/** Prepares the reads of single entries and what belongs to them. */
export function prepareReads(database: DatabaseSync) {
  const byId = prepareQuery<EntryRow>(
    database,
    `SELECT ${entryColumns} FROM entry_rows WHERE stored_id = :id`,
  );
  const byPrevious = prepareQuery<EntryRow>(
    database,
    `SELECT ${entryColumns} FROM entry_rows WHERE previous = (SELECT sequence FROM entries WHERE id = :id)`,
  );
  const byPayment = prepareQuery<EntryRow>(
    database,
    `SELECT ${entryColumns} FROM entry_rows WHERE sequence IN (
       SELECT sequence FROM entries WHERE payment_id = :paymentId
       AND merchant = ${numberOfName('merchant')} AND operation = ${numberOfName('operation')}
       ORDER BY sequence LIMIT :limit
     ) ORDER BY sequence`,
  );
  const bound = prepareQuery<{ id: string }>(
    database,
    // Entries with the same ordering key are of the same payment, and by that they are found.
    `SELECT provider_document_id AS id FROM entries JOIN deliveries USING (sequence)
     WHERE payment_id = :paymentId AND ordering_key = :orderingKey
     AND provider_document_id IS NOT NULL AND sequence <> :sequence`,
  );
  return {
    get({ merchant, id }: NamedEntry): EntryRow | null {
      const row = byId.one({ id: storedId(id) });
      return row?.merchant === merchant ? row : null;
    },
    entry: (id: string): EntryRow | null => byId.one({ id: storedId(id) }) ?? null,
    successor({ merchant, id }: NamedEntry): EntryRow | null {
      const row = byPrevious.one({ id: storedId(id) });
      return row?.merchant === merchant ? row : null;
    },
    ofPayment: ({
      paymentId,
      merchant,
      operation,
      limit,
    }: PaymentName & { readonly limit: number }): EntryRow[] =>
      byPayment.all({ paymentId, merchant, operation, limit }),
    boundDocumentIds: (place: PlaceInOrder): Set<string> => new Set(bound.all(place).map(({ id }) => id)),
    journal: prepareJournal(database),
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
    'SELECT count(*) AS due FROM deliveries WHERE due_at IS NOT NULL AND due_at <= :now',
  );
  const oldest = prepareQuery<{ oldest: number | null }>(
    database,
    `SELECT min(accepted_at) AS oldest FROM deliveries WHERE state NOT IN ('registered', 'rejected')`,
  );
  const overdue = prepareQuery<{ overdue: number }>(
    database,
    `SELECT count(*) AS overdue FROM deliveries
     WHERE state NOT IN ('registered', 'rejected') AND accepted_at <= :before`,
  );

  const unknown = prepareQuery<{ unknown: number }>(
    database,
    `SELECT count(*) AS unknown FROM deliveries WHERE state = 'unknown' AND changed_at <= :before`,
  );

  const held = prepareQuery<{ held: number }>(
    database,
    `SELECT count(*) AS held FROM deliveries
     WHERE awaits IS NOT NULL AND state = 'accepted' AND json_extract(reason, '$.code') = '${saleRejectedReason.code}'`,
  );
  const restored = prepareQuery<{ until: number | null }>(
    database,
    'SELECT max(until) AS until FROM restores WHERE until > :now',
  );

  const searchLag = prepareIndexLag(database);

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
      searchLagMs: searchLag(undefined, now),
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

/** Where a backlog stands in the index. */
interface BacklogPlace {
  readonly account_number: number;
  readonly merchant_number: number;
}

const first: BacklogPlace = { account_number: 0, merchant_number: 0 };

/** Prepares the read of when entries are due: from backlog to backlog in the index, whatever lies between. */
export function prepareWaiting(database: DatabaseSync) {
  const next = prepareQuery<DueRow & BacklogPlace>(
    database,
    `SELECT account AS account_number, merchant AS merchant_number, due_at,
       (SELECT name FROM names WHERE number = account) AS account, (SELECT name FROM names WHERE number = merchant) AS merchant
     FROM deliveries
     WHERE provider = ${numberOfName('provider')} AND due_at IS NOT NULL
     AND (account, merchant) > (:account_number, :merchant_number)
     ORDER BY deliveries.account, deliveries.merchant, due_at LIMIT 1`,
  );
  // A claim would not take what waits for another entry: told of that, a queue would look for it without end.
  const soonestOf = prepareQuery<{ due_at: number }>(
    database,
    `SELECT due_at FROM deliveries AS candidate
     WHERE provider = ${numberOfName('provider')} AND account = ${numberOfName('account')}
     AND merchant = ${numberOfName('merchant')} AND due_at IS NOT NULL
     AND ${waitsForNone} ORDER BY due_at LIMIT 1`,
  );

  function* rows({ provider, names }: WaitsQuery): Iterable<DueRow> {
    if (names) {
      for (const { account, merchant } of names) {
        const soonest = soonestOf.one({ provider, account, merchant });
        if (soonest) yield { account, merchant, due_at: soonest.due_at };
      }
      return;
    }
    let row = next.one({ provider, ...first });
    while (row) {
      yield row;
      row = next.one({ ...row, provider });
    }
  }

  return (query: WaitsQuery, now: number): Wait[] => {
    const waits = Array.from(rows(query), ({ account, merchant, due_at }) => ({
      account,
      merchant,
      dueInMs: Math.max(0, due_at - now),
    }));
    return waits.sort(byName);
  };
}

function byName(one: BacklogName, other: BacklogName): number {
  if (one.account !== other.account) return one.account < other.account ? -1 : 1;
  return one.merchant < other.merchant ? -1 : 1;
}

/** Prepares the read of the entries of an account that are not final. */
export function prepareUnfinishedOf(database: DatabaseSync) {
  const unfinished = prepareQuery<EntryRow>(
    database,
    `SELECT ${entryColumns} FROM (
       SELECT sequence AS place, accepted_at AS since FROM deliveries
       WHERE state NOT IN ('registered', 'rejected') AND account = ${numberOfName('account')}
       AND (:merchant IS NULL OR merchant = ${numberOfName('merchant')}) AND (accepted_at, sequence) > (:acceptedAt, :sequence)
       ORDER BY accepted_at, sequence LIMIT CAST(:limit AS INTEGER)
     ) CROSS JOIN entry_rows ON sequence = place ORDER BY since, place`,
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
  const wanted = `(:merchants IS NULL OR merchant IN ${numbersOfNames('merchants')})
    AND (:states IS NULL OR state IN (SELECT value FROM json_each(:states)))`;
  // A time that is yet to come was noted by a wrong clock.
  const isUrgent = `(state = 'parked' OR accepted_at <= :before OR accepted_at > :now
    OR json_extract(reason, '$.code') IN ${urgentReasons}
    OR awaits IS NOT NULL AND json_extract(reason, '$.code') = '${saleRejectedReason.code}')`;
  const stuck = prepareQuery<EntryRow>(
    database,
    `SELECT ${entryColumns} FROM (
       SELECT sequence AS place, changed_at AS since FROM deliveries AS rejected
       WHERE state = 'rejected' AND ${wanted}
       AND NOT EXISTS (SELECT 1 FROM entries AS newer WHERE newer.previous = rejected.sequence)
       UNION ALL
       SELECT sequence, changed_at FROM deliveries
       WHERE state NOT IN ('registered', 'rejected') AND ${isUrgent} AND ${wanted}
       ORDER BY since, place LIMIT :limit OFFSET :offset
     ) CROSS JOIN entry_rows ON sequence = place ORDER BY since, place`,
  );

  return ({ merchants, states, olderThanMs, offset, limit }: StuckQuery, now: number): EntryRow[] =>
    stuck.all({
      merchants: merchants ? JSON.stringify(merchants) : null,
      states: states ? JSON.stringify(states) : null,
      before: now - olderThanMs,
      now,
      offset,
      limit,
    });
}
