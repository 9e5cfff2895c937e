/**
 * The index of entries, filled from the journal up to `search_progress`; `search_gaps` are positions before that
 * whose rows were not to be seen yet: their transactions commit late, or never.
 *
 * A key of `search_keys` is a part of the ledger (`sequence >> 12`), a hash of 30 bits, and the sequence in that
 * part, 12 bits; so new keys lie together. `search_groups` are the values that entries are filtered by (an empty
 * text for none), `search_entries` the entries of each. `search_parts` has the times of acceptance of each part.
 */
export const entryIndex = `
  CREATE TABLE fiscalkit.search_progress (position bigint NOT NULL);
  INSERT INTO fiscalkit.search_progress VALUES (0);

  CREATE TABLE fiscalkit.search_gaps (
    first_position bigint PRIMARY KEY,
    last_position bigint NOT NULL
  );

  CREATE TABLE fiscalkit.search_keys (key bigint PRIMARY KEY);

  CREATE TABLE fiscalkit.search_groups (
    number integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    merchant text COLLATE "C" NOT NULL,
    provider text COLLATE "C" NOT NULL,
    account text COLLATE "C" NOT NULL,
    operation text COLLATE "C" NOT NULL,
    operation_type text COLLATE "C" NOT NULL,
    UNIQUE (merchant, provider, account, operation, operation_type)
  );

  CREATE TABLE fiscalkit.search_entries (
    number integer NOT NULL,
    sequence bigint NOT NULL,
    PRIMARY KEY (number, sequence)
  );

  CREATE TABLE fiscalkit.search_parts (
    part integer PRIMARY KEY,
    first_at bigint NOT NULL,
    last_at bigint NOT NULL
  );
`;
