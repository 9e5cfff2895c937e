/**
 * What was declared after an old copy of the ledger was put back (times in milliseconds), and the indexes by which people find
 * what was rejected and what is unknown.
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
