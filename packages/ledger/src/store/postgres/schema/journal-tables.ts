/** The tables of the journal and its seals, and the rule by which rows are chained: `hashJournalRow`, word for word. */
export const journalTables = (schema: string) => `
  CREATE SEQUENCE ${schema}.journal_positions;

  CREATE TABLE ${schema}.journal (
    position bigint PRIMARY KEY DEFAULT nextval('${schema}.journal_positions'),
    entry_id text NOT NULL,
    version integer NOT NULL,
    at timestamptz NOT NULL,
    from_state text,
    to_state text NOT NULL,
    details text NOT NULL,
    hash text NOT NULL,
    UNIQUE (entry_id, version)
  );

  CREATE TABLE ${schema}.seals (
    number bigint PRIMARY KEY,
    first_position bigint NOT NULL,
    last_position bigint NOT NULL,
    rows bigint NOT NULL,
    hash text NOT NULL
  );

  CREATE FUNCTION ${schema}.refuse_to_rewrite() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    RAISE EXCEPTION 'the % is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
  END $$;
  CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ${schema}.journal
    EXECUTE FUNCTION ${schema}.refuse_to_rewrite();
  CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ${schema}.seals
    EXECUTE FUNCTION ${schema}.refuse_to_rewrite();

  CREATE FUNCTION ${schema}.journal_hash(
    entry_id text, version integer, at timestamptz, from_state text, to_state text, details text, previous text
  ) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT encode(sha256(convert_to(
      '{"at":"' || to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
      || '","details":' || to_json(details)::text
      || ',"entry_id":' || to_json(entry_id)::text
      || ',"from":' || coalesce(to_json(from_state)::text, 'null')
      || ',"previous":' || coalesce(to_json(previous)::text, 'null')
      || ',"to":' || to_json(to_state)::text
      || ',"version":' || version::text || '}',
      'UTF8')), 'hex')
  $$;
`;
