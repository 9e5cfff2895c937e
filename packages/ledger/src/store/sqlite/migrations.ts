import type { DatabaseSync } from 'node:sqlite';
import { versionTooNew } from '../errors.js';
import { inTransaction, prepareQuery } from './query.js';

/**
 * The first version of the ledger's tables. Times are milliseconds since 1970-01-01 UTC. The indexes that
 * delivery reads are partial, so that finished entries, however many, cost it nothing.
 */
export const schemaVersion1 = `
  CREATE TABLE entries (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    merchant TEXT NOT NULL,
    provider TEXT NOT NULL,
    operation TEXT NOT NULL,
    idempotency_key TEXT NOT NULL,
    content_digest TEXT NOT NULL,
    claims TEXT NOT NULL,
    ordering_key TEXT NOT NULL,
    payment_id TEXT NOT NULL,
    operation_type TEXT,
    total_minor INTEGER,
    document TEXT NOT NULL,
    reference TEXT NOT NULL,
    business_time INTEGER NOT NULL,
    body BLOB NOT NULL,
    state TEXT NOT NULL,
    accepted_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    due_at INTEGER,
    worker TEXT,
    fence INTEGER NOT NULL,
    attempts INTEGER NOT NULL,
    failures INTEGER NOT NULL,
    first_attempt_at INTEGER,
    last_attempt_at INTEGER,
    provider_document_id TEXT,
    registration TEXT,
    reason TEXT,
    version INTEGER NOT NULL,
    hash TEXT NOT NULL,
    UNIQUE (merchant, idempotency_key)
  ) STRICT;

  CREATE INDEX entries_by_time ON entries (merchant, accepted_at, sequence);
  CREATE INDEX entries_by_payment ON entries (merchant, payment_id, accepted_at, sequence);
  CREATE INDEX entries_bound ON entries (merchant, ordering_key, provider_document_id)
    WHERE provider_document_id IS NOT NULL;
  CREATE INDEX entries_due ON entries (provider, due_at) WHERE due_at IS NOT NULL;
  CREATE INDEX entries_held ON entries (worker) WHERE worker IS NOT NULL;
  CREATE INDEX entries_in_order ON entries (merchant, ordering_key, sequence)
    WHERE state NOT IN ('registered', 'rejected');
  CREATE INDEX entries_unfinished ON entries (accepted_at) WHERE state NOT IN ('registered', 'rejected');

  CREATE TABLE claims (
    merchant TEXT NOT NULL,
    name TEXT NOT NULL,
    sequence INTEGER NOT NULL REFERENCES entries,
    PRIMARY KEY (merchant, name)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX claims_by_entry ON claims (sequence);

  CREATE TABLE counts (
    provider TEXT NOT NULL,
    state TEXT NOT NULL,
    entries INTEGER NOT NULL,
    PRIMARY KEY (provider, state)
  ) STRICT, WITHOUT ROWID;
  CREATE TRIGGER counts_new_entry AFTER INSERT ON entries BEGIN
    INSERT INTO counts VALUES (NEW.provider, NEW.state, 1) ON CONFLICT DO UPDATE SET entries = entries + 1;
  END;
  CREATE TRIGGER counts_new_state AFTER UPDATE OF state ON entries WHEN NEW.state <> OLD.state BEGIN
    UPDATE counts SET entries = entries - 1 WHERE provider = OLD.provider AND state = OLD.state;
    INSERT INTO counts VALUES (NEW.provider, NEW.state, 1) ON CONFLICT DO UPDATE SET entries = entries + 1;
  END;

  CREATE TABLE journal (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    entry_id TEXT NOT NULL,
    version INTEGER NOT NULL,
    at INTEGER NOT NULL,
    from_state TEXT,
    to_state TEXT NOT NULL,
    details TEXT NOT NULL,
    hash TEXT NOT NULL,
    UNIQUE (entry_id, version)
  ) STRICT;

  CREATE TABLE seals (
    number INTEGER PRIMARY KEY,
    first_position INTEGER NOT NULL,
    last_position INTEGER NOT NULL,
    rows INTEGER NOT NULL,
    hash TEXT NOT NULL
  ) STRICT;

  CREATE TRIGGER journal_keeps_rows BEFORE DELETE ON journal BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
  CREATE TRIGGER journal_keeps_facts BEFORE UPDATE ON journal BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
  CREATE TRIGGER seals_keep_rows BEFORE DELETE ON seals BEGIN SELECT RAISE(ABORT, 'seals are append-only'); END;
  CREATE TRIGGER seals_keep_facts BEFORE UPDATE ON seals BEGIN SELECT RAISE(ABORT, 'seals are append-only'); END;
`;

/**
 * Events on their way to handlers. A delivery without a due time waits for an earlier one of its entry and
 * handler; a finished one is gone. The `raised` columns of an entry say that its delay was announced.
 */
export const schemaVersion2 = `
  CREATE TABLE subscriptions (
    kind TEXT NOT NULL,
    handler TEXT NOT NULL,
    PRIMARY KEY (kind, handler)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE event_deliveries (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    handler TEXT NOT NULL,
    kind TEXT NOT NULL,
    sequence INTEGER NOT NULL REFERENCES entries,
    version INTEGER NOT NULL,
    at INTEGER NOT NULL,
    due_at INTEGER,
    worker TEXT,
    fence INTEGER NOT NULL,
    attempts INTEGER NOT NULL
  ) STRICT;

  CREATE INDEX event_deliveries_due ON event_deliveries (handler, due_at) WHERE due_at IS NOT NULL;
  CREATE INDEX event_deliveries_in_order ON event_deliveries (sequence, handler);
  CREATE INDEX event_deliveries_held ON event_deliveries (worker) WHERE worker IS NOT NULL;

  ALTER TABLE entries ADD COLUMN raised_unknown INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE entries ADD COLUMN raised_overdue INTEGER NOT NULL DEFAULT 0;
  CREATE INDEX entries_unknown_unraised ON entries (changed_at) WHERE state = 'unknown' AND raised_unknown = 0;
  CREATE INDEX entries_overdue_unraised ON entries (accepted_at)
    WHERE state NOT IN ('registered', 'rejected') AND raised_overdue = 0;
`;

/**
 * What was declared after an old copy of the ledger was put back (times in milliseconds), and the indexes by
 * which people find what was rejected and what is unknown.
 */
export const schemaVersion3 = `
  CREATE TABLE restores (
    declared_at INTEGER NOT NULL,
    since INTEGER NOT NULL,
    until INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX entries_rejected ON entries (changed_at) WHERE state = 'rejected';
  CREATE INDEX entries_unknown ON entries (changed_at) WHERE state = 'unknown';
`;

/**
 * Manifests of seals (column `outline`): JSON, for each row of the block its position, version, the begin of
 * its hash, and its entry. The numbers of seals are never given twice, so that seals that were cut off at the
 * end are missed.
 */
const schemaVersion4 = `
  DROP TRIGGER seals_keep_rows;
  DROP TRIGGER seals_keep_facts;
  ALTER TABLE seals RENAME TO seals_without_outlines;

  CREATE TABLE seals (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    first_position INTEGER NOT NULL,
    last_position INTEGER NOT NULL,
    rows INTEGER NOT NULL,
    hash TEXT NOT NULL,
    outline TEXT NOT NULL
  ) STRICT;

  INSERT INTO seals SELECT *, (
    SELECT json_group_array(json_array(position, version, substr(hash, 1, 16), entry_id)) FROM (
      SELECT * FROM journal WHERE position BETWEEN first_position AND last_position ORDER BY position
    )
  ) FROM seals_without_outlines ORDER BY number;
  DROP TABLE seals_without_outlines;

  CREATE TRIGGER seals_keep_rows BEFORE DELETE ON seals BEGIN SELECT RAISE(ABORT, 'seals are append-only'); END;
  CREATE TRIGGER seals_keep_facts BEFORE UPDATE ON seals BEGIN SELECT RAISE(ABORT, 'seals are append-only'); END;
`;

/**
 * The counts of entries by state are written before each commit, not by triggers: one of these made every
 * statement on an entry keep a copy of the pages that it changed.
 */
const schemaVersion5 = `
  DROP TRIGGER IF EXISTS counts_new_entry;
  DROP TRIGGER IF EXISTS counts_new_state;
`;

/**
 * Accounts, through which entries are delivered: what is due is found by account and merchant. What belongs
 * to a payment is found by the payment first, of whatever merchant. What an entry depends on, and whether it
 * waits for that; entries that were accepted before wait in the order of acceptance only. The index of a
 * merchant's entries tells what lists filter them by, and the rejected ones have an index of their own.
 */
const schemaVersion6 = `
  ALTER TABLE entries ADD COLUMN account TEXT NOT NULL DEFAULT '';
  UPDATE entries SET account = ':' || merchant || '@' || provider;

  DROP INDEX entries_due;
  CREATE INDEX entries_due ON entries (provider, account, merchant, due_at) WHERE due_at IS NOT NULL;
  DROP INDEX entries_by_payment;
  CREATE INDEX entries_by_payment ON entries (payment_id, merchant, accepted_at, sequence);
  DROP INDEX entries_bound;
  DROP INDEX entries_in_order;
  CREATE INDEX entries_in_order ON entries (ordering_key, sequence) WHERE state NOT IN ('registered', 'rejected');

  DROP INDEX entries_by_time;
  CREATE INDEX entries_by_time ON entries (merchant, accepted_at, sequence, operation, operation_type, total_minor);
  CREATE INDEX entries_rejected_by_time ON entries (merchant, accepted_at) WHERE state = 'rejected';
  ALTER TABLE entries ADD COLUMN depends_on TEXT;
  ALTER TABLE entries ADD COLUMN awaits TEXT;
  UPDATE entries SET depends_on = CASE
    WHEN operation_type IN ('sell_refund', 'buy_refund') THEN replace(operation_type, '_refund', '')
    WHEN operation_type IN ('sell', 'buy') AND EXISTS (
      SELECT 1 FROM json_each(document, '$.settlements') WHERE json_extract(value, '$.type') = 'prepayment'
    ) THEN operation_type
  END WHERE operation = 'receipt';
  CREATE INDEX entries_awaiting ON entries (payment_id, merchant) WHERE awaits IS NOT NULL;
`;

/** One step per version of the tables; a step that was released is never changed. */
const steps: readonly string[] = [
  schemaVersion1,
  schemaVersion2,
  schemaVersion3,
  schemaVersion4,
  schemaVersion5,
  schemaVersion6,
];

/** The version of the tables that this release writes. */
export const currentVersion = steps.length;

/** The version of the tables; 0 for a file without any. */
export function versionOf(database: DatabaseSync): number {
  return prepareQuery<{ user_version: number }>(database, 'PRAGMA user_version').one()?.user_version ?? 0;
}

/**
 * Brings the tables up to date, each step in a transaction of its own. Throws a `FiscalError` with code
 * `ledger.version` for a ledger that a newer release has written.
 */
export function migrate(database: DatabaseSync): void {
  const version = versionOf(database);
  if (version > currentVersion) throw versionTooNew(version, currentVersion);
  steps.slice(version).forEach((step, index) => {
    inTransaction(database, () => database.exec(`${step}; PRAGMA user_version = ${version + index + 1}`));
  });
}
