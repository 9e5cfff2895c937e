/** The journal and its seals, and the chaining of rows: `hashJournalRow`, word for word. */
export const journalTables = `
  CREATE SEQUENCE fiscalkit.journal_positions;

  CREATE TABLE fiscalkit.journal (
    position bigint PRIMARY KEY DEFAULT nextval('fiscalkit.journal_positions'),
    at bigint NOT NULL,
    version integer NOT NULL,
    from_state fiscalkit.entry_state,
    to_state fiscalkit.entry_state NOT NULL,
    entry_id text COLLATE "C" NOT NULL,
    hash bytea NOT NULL,
    details text COLLATE "C" NOT NULL,
    UNIQUE (entry_id, version)
  );

  -- outline: for each row of the block its position, its version, the begin of its hash, and its entry, as JSON.
  CREATE TABLE fiscalkit.seals (
    number bigint PRIMARY KEY,
    first_position bigint NOT NULL,
    last_position bigint NOT NULL,
    rows bigint NOT NULL,
    hash text NOT NULL,
    outline text NOT NULL
  );
  -- The number of the last seal, so that seals that were cut off at the end are missed.
  CREATE TABLE fiscalkit.seal_counter (seals bigint NOT NULL);
  INSERT INTO fiscalkit.seal_counter VALUES (0);

  CREATE FUNCTION fiscalkit.refuse_to_rewrite() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    RAISE EXCEPTION 'the % is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
  END $$;
  CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON fiscalkit.journal
    EXECUTE FUNCTION fiscalkit.refuse_to_rewrite();
  CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON fiscalkit.seals
    EXECUTE FUNCTION fiscalkit.refuse_to_rewrite();

  CREATE FUNCTION fiscalkit.journal_hash(
    entry_id text, version integer, at bigint, from_state fiscalkit.entry_state, to_state fiscalkit.entry_state,
    details text, previous bytea
  ) RETURNS bytea LANGUAGE sql STABLE AS $$
    SELECT sha256(convert_to(
      '{"at":"' || to_char(timestamp 'epoch' + at * interval '1 millisecond', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
      || '","details":' || to_json(details)::text
      || ',"entry_id":' || to_json(entry_id)::text
      || ',"from":' || coalesce(to_json(from_state)::text, 'null')
      || ',"previous":' || coalesce('"' || encode(previous, 'hex') || '"', 'null')
      || ',"to":' || to_json(to_state)::text
      || ',"version":' || version::text || '}',
      'UTF8'))
  $$;
`;
