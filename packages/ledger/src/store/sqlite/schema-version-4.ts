/**
 * Outlines of seals: JSON, for each row of the block its position, version, the begin of its hash, and its entry. The numbers
 * of seals are never given twice, so that seals that were cut off at the end are missed.
 */
export const schemaVersion4 = `
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
