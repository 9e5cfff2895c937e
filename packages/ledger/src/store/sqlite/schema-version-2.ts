/**
 * Events on their way to handlers. A delivery without a due time waits for an earlier one of its entry and handler; a finished
 * one is gone. The `raised` columns of an entry say that its delay was announced.
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
