/**
 * The first version of the ledger's tables. Times are milliseconds since 1970-01-01 UTC. The indexes that delivery reads are
 * partial, so that finished entries, however many, cost it nothing.
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
