/**
 * Tables of the index in which entries are searched: how far it is behind the journal, hashes of what people
 * search by (`search_keys`), and the entries by what filters ask for, in parts with the times that they span.
 */
export const searchTables = `  CREATE TABLE search_progress (block INTEGER NOT NULL, rows INTEGER NOT NULL, sequence INTEGER NOT NULL) STRICT;
  INSERT INTO search_progress VALUES (0, 0, 0);

  CREATE TABLE search_keys (key INTEGER PRIMARY KEY) STRICT;

  CREATE TABLE search_groups (
    number INTEGER PRIMARY KEY,
    merchant INTEGER NOT NULL,
    provider INTEGER NOT NULL,
    account INTEGER NOT NULL,
    operation INTEGER NOT NULL,
    operation_type TEXT NOT NULL,
    UNIQUE (merchant, provider, account, operation, operation_type)
  ) STRICT;

  CREATE TABLE search_entries (
    number INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    PRIMARY KEY (number, sequence)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE search_parts (
    part INTEGER PRIMARY KEY,
    first_at INTEGER NOT NULL,
    last_at INTEGER NOT NULL
  ) STRICT;

`;
