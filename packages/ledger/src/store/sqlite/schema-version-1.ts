import { searchTables } from './search-tables.js';

/**
 * The tables of version 1, for ever: a later version only adds to them, in a step of its own. Times are
 * milliseconds since 1970-01-01 UTC.
 *
 * What is written once (`entries`, `registrations`) is apart from what every step changes (`deliveries`), so
 * that a step rewrites a small row. The indexes that delivery reads are partial: finished entries, however
 * many, cost it nothing. A UUID is 16 bytes, a digest 32; any other text in such a column stays one.
 *
 * - `names`: merchants, providers, operations, accounts and workers, which stand in rows as numbers.
 * - `entries.key`: the first 16 bytes of the digest of merchant and idempotency key. `idempotency_key` is
 *   NULL where it is derived from `content_digest`, `reference` where it is the id. `previous` is the
 *   sequence of the rejected entry that this one resubmits.
 * - `deliveries`: `provider`, `merchant` and `accepted_at` repeat the entry's, for the indexes. `queue` is
 *   the number of its ordering key, `awaits` that of the sale that it waits for. `hinted_at` is when the last
 *   step was due that a hint brought forward. The `raised` columns say that a delay was announced.
 * - `reissues`: requests that took the place of the first, the newest with the highest number.
 * - `unique_keys`: held until the entry is rejected.
 * - `event_deliveries`: one without a due time waits for an earlier one of its entry and handler; a finished
 *   one is gone.
 * - `events`: the log of events, numbered for each merchant, while `event_log_settings` says that it is written.
 *   Only the first are ever deleted; `forgotten_events` has the position of the last of these.
 * - `event_readers`: who reads events outside of the ledger, such as webhooks, and how far; with a log each.
 * - `event_reader_settings`: what merchants set of readers of their own, sealed by who wrote it.
 * - `batch_entries`: which entries an act on many has acted on, so that it does so once.
 * - `restores`: what was declared after an old copy of the ledger was put back.
 * - `journal`: the rows of one commit, as JSON in `facts` (see `writeBlockRows`), hashed with the block
 *   before. `deliveries.block` is that of the entry's last row; each row names the block of the one before.
 * - `search_…`: the index of entries, filled from the journal up to `search_progress`, which has all entries up to its
 *   `sequence`. A key of `search_keys` is a part
 *   of the ledger (`sequence >> 12`), a hash of 30 bits, and the sequence in that part, 12 bits; so new keys lie
 *   together. `search_groups` are the values that entries are filtered by, `search_entries` the entries of each.
 *   `search_parts` has the times of acceptance of each part.
 * - `entry_rows`, `journal_rows`: entries and the journal as people and statements read them.
 */
export const schemaVersion1 = `
  CREATE TABLE names (
    number INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
  ) STRICT;

  CREATE TABLE entries (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    id ANY NOT NULL UNIQUE,
    merchant INTEGER NOT NULL,
    provider INTEGER NOT NULL,
    operation INTEGER NOT NULL,
    key BLOB NOT NULL UNIQUE,
    idempotency_key TEXT,
    content_digest ANY NOT NULL,
    claims TEXT NOT NULL,
    ordering_key TEXT NOT NULL,
    payment_id TEXT NOT NULL,
    operation_type TEXT,
    total_minor INTEGER,
    depends_on TEXT,
    previous INTEGER,
    reference TEXT,
    business_time INTEGER NOT NULL,
    accepted_at INTEGER NOT NULL,
    document TEXT NOT NULL,
    body BLOB NOT NULL
  ) STRICT;
  CREATE INDEX entries_by_time ON entries (merchant, accepted_at, sequence, operation, operation_type, total_minor);
  CREATE INDEX entries_by_payment ON entries (payment_id, merchant, accepted_at);
  CREATE INDEX entries_by_previous ON entries (previous) WHERE previous IS NOT NULL;

  CREATE TABLE deliveries (
    sequence INTEGER PRIMARY KEY,
    provider INTEGER NOT NULL,
    account INTEGER NOT NULL,
    merchant INTEGER NOT NULL,
    queue INTEGER NOT NULL,
    accepted_at INTEGER NOT NULL,
    state TEXT NOT NULL,
    changed_at INTEGER NOT NULL,
    due_at INTEGER,
    hinted_at INTEGER,
    worker INTEGER,
    fence INTEGER NOT NULL,
    attempts INTEGER NOT NULL,
    failures INTEGER NOT NULL,
    first_attempt_at INTEGER,
    last_attempt_at INTEGER,
    provider_document_id TEXT,
    reason TEXT,
    awaits INTEGER,
    raised_unknown INTEGER NOT NULL DEFAULT 0,
    raised_overdue INTEGER NOT NULL DEFAULT 0,
    version INTEGER NOT NULL,
    block INTEGER NOT NULL,
    hash ANY NOT NULL
  ) STRICT;
  CREATE INDEX deliveries_due ON deliveries (provider, account, merchant, due_at) WHERE due_at IS NOT NULL;
  CREATE INDEX deliveries_in_order ON deliveries (queue) WHERE state NOT IN ('registered', 'rejected');
  CREATE INDEX deliveries_unfinished ON deliveries (accepted_at) WHERE state NOT IN ('registered', 'rejected');
  CREATE INDEX deliveries_overdue_unraised ON deliveries (accepted_at)
    WHERE state NOT IN ('registered', 'rejected') AND raised_overdue = 0;
  CREATE INDEX deliveries_unknown ON deliveries (changed_at) WHERE state = 'unknown';
  CREATE INDEX deliveries_unknown_unraised ON deliveries (changed_at) WHERE state = 'unknown' AND raised_unknown = 0;
  CREATE INDEX deliveries_rejected ON deliveries (changed_at) WHERE state = 'rejected';
  CREATE INDEX deliveries_rejected_by_time ON deliveries (merchant, accepted_at) WHERE state = 'rejected';
  CREATE INDEX deliveries_rejected_in_order ON deliveries (sequence) WHERE state = 'rejected';
  CREATE INDEX deliveries_doubtful ON deliveries (state, sequence) WHERE state IN ('unknown', 'parked');
  CREATE INDEX deliveries_by_reason ON deliveries (reason ->> '$.code', sequence) WHERE reason IS NOT NULL;
  CREATE INDEX deliveries_registered_late ON deliveries (merchant, changed_at)
    WHERE state = 'registered' AND changed_at - accepted_at > 86400000;
  CREATE INDEX deliveries_awaiting ON deliveries (awaits) WHERE awaits IS NOT NULL;

  CREATE TABLE registrations (
    sequence INTEGER PRIMARY KEY,
    registration TEXT NOT NULL
  ) STRICT;

  CREATE TABLE reissues (
    sequence INTEGER NOT NULL,
    number INTEGER NOT NULL,
    request TEXT NOT NULL,
    PRIMARY KEY (sequence, number)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE unique_keys (
    merchant INTEGER NOT NULL,
    name TEXT NOT NULL,
    sequence INTEGER NOT NULL REFERENCES entries,
    PRIMARY KEY (merchant, name)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX unique_keys_by_entry ON unique_keys (sequence);

  CREATE TABLE counts (
    provider TEXT NOT NULL,
    state TEXT NOT NULL,
    entries INTEGER NOT NULL,
    PRIMARY KEY (provider, state)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE journal (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    first_position INTEGER NOT NULL,
    rows INTEGER NOT NULL,
    hash BLOB NOT NULL,
    facts TEXT NOT NULL
  ) STRICT;
  CREATE TRIGGER journal_keeps_rows BEFORE DELETE ON journal BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
  CREATE TRIGGER journal_keeps_facts BEFORE UPDATE ON journal BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;

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

  CREATE TABLE event_log_settings (is_written INTEGER NOT NULL, generation INTEGER NOT NULL) STRICT;
  INSERT INTO event_log_settings VALUES (0, 0);

  CREATE TABLE events (
    merchant INTEGER NOT NULL,
    position INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    version INTEGER NOT NULL,
    at INTEGER NOT NULL,
    kind TEXT NOT NULL,
    PRIMARY KEY (merchant, position)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE forgotten_events (
    merchant INTEGER PRIMARY KEY,
    position INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE event_readers (
    name TEXT PRIMARY KEY,
    state TEXT,
    request TEXT,
    fence INTEGER NOT NULL,
    worker TEXT,
    lease_until INTEGER
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE event_reader_lines (
    reader TEXT NOT NULL,
    number INTEGER NOT NULL,
    line TEXT NOT NULL,
    PRIMARY KEY (reader, number)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE event_reader_settings (
    merchant TEXT PRIMARY KEY,
    version INTEGER NOT NULL,
    settings TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE batch_entries (
    batch BLOB NOT NULL,
    sequence INTEGER NOT NULL,
    PRIMARY KEY (batch, sequence)
  ) STRICT, WITHOUT ROWID;

${searchTables}  CREATE TABLE restores (
    declared_at INTEGER NOT NULL,
    since INTEGER NOT NULL,
    until INTEGER NOT NULL
  ) STRICT;

  CREATE VIEW entry_rows AS SELECT
    entries.sequence,
    CASE typeof(entries.id) WHEN 'blob' THEN lower(
      hex(substr(entries.id, 1, 4)) || '-' || hex(substr(entries.id, 5, 2)) || '-' || hex(substr(entries.id, 7, 2)) || '-' ||
      hex(substr(entries.id, 9, 2)) || '-' || hex(substr(entries.id, 11))
    ) ELSE entries.id END AS id,
    (SELECT name FROM names WHERE number = entries.merchant) AS merchant,
    (SELECT name FROM names WHERE number = entries.provider) AS provider,
    (SELECT name FROM names WHERE number = deliveries.account) AS account,
    (SELECT name FROM names WHERE number = entries.operation) AS operation,
    coalesce(entries.idempotency_key, 'content:' || lower(hex(entries.content_digest))) AS idempotency_key,
    CASE typeof(entries.content_digest)
      WHEN 'blob' THEN lower(hex(entries.content_digest)) ELSE entries.content_digest END AS content_digest,
    entries.claims,
    entries.ordering_key,
    entries.payment_id,
    entries.operation_type,
    entries.total_minor,
    entries.document,
    coalesce(entries.reference, CASE typeof(entries.id) WHEN 'blob' THEN lower(
      hex(substr(entries.id, 1, 4)) || '-' || hex(substr(entries.id, 5, 2)) || '-' || hex(substr(entries.id, 7, 2)) || '-' ||
      hex(substr(entries.id, 9, 2)) || '-' || hex(substr(entries.id, 11))
    ) ELSE entries.id END) AS reference,
    entries.business_time,
    entries.body,
    entries.depends_on,
    deliveries.state,
    entries.accepted_at,
    deliveries.changed_at,
    deliveries.due_at,
    (SELECT name FROM names WHERE number = deliveries.worker) AS worker,
    deliveries.fence,
    deliveries.attempts,
    deliveries.failures,
    deliveries.first_attempt_at,
    deliveries.last_attempt_at,
    deliveries.provider_document_id,
    (SELECT registration FROM registrations WHERE registrations.sequence = entries.sequence) AS registration,
    (SELECT request FROM reissues WHERE reissues.sequence = entries.sequence ORDER BY number DESC LIMIT 1) AS reissue,
    deliveries.reason,
    CASE WHEN deliveries.awaits IS NOT NULL THEN entries.depends_on END AS awaits,
    deliveries.version,
    deliveries.block,
    CASE typeof(deliveries.hash) WHEN 'blob' THEN lower(hex(deliveries.hash)) ELSE deliveries.hash END AS hash,
    entries.id AS stored_id,
    entries.previous,
    deliveries.provider AS provider_number,
    deliveries.account AS account_number,
    deliveries.merchant AS merchant_number,
    deliveries.queue
  FROM entries JOIN deliveries ON deliveries.sequence = entries.sequence;

  CREATE VIEW journal_rows AS SELECT
    journal.number AS block,
    value ->> 0 AS position,
    value ->> 1 AS entry_id,
    value ->> 2 AS version,
    value ->> 3 AS at,
    value ->> 4 AS from_state,
    value ->> 5 AS to_state,
    value ->> 6 AS details,
    value ->> 7 AS previous_block,
    value ->> 8 AS hash
  FROM journal CROSS JOIN json_each(journal.facts);
`;
