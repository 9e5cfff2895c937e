/**
 * The tables of version 1. What is written once (`entries`) is apart from what every step changes
 * (`deliveries`), so that a step rewrites a small row with few indexes; these are partial where delivery
 * reads them, so that finished entries, however many, cost it nothing. Documents are `json`, not `jsonb`:
 * their digests are in the journal, so they must come back as they were, with the order of their keys and
 * with characters that `jsonb` refuses.
 */
export const tables = (schema: string) => `
  CREATE TABLE ${schema}.entries (
    sequence bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id text NOT NULL UNIQUE,
    merchant text NOT NULL,
    provider text NOT NULL,
    operation text NOT NULL,
    idempotency_key text NOT NULL,
    content_digest text NOT NULL,
    claims json NOT NULL,
    ordering_key text NOT NULL,
    payment_id text NOT NULL,
    operation_type text,
    total_minor bigint,
    position_names text[] NOT NULL,
    document json NOT NULL,
    reference text NOT NULL,
    business_time timestamptz NOT NULL,
    body bytea NOT NULL,
    depends_on text,
    accepted_at timestamptz NOT NULL
  );
  CREATE INDEX entries_by_time ON ${schema}.entries (merchant, accepted_at, sequence);
  CREATE INDEX entries_by_payment ON ${schema}.entries (payment_id, merchant, accepted_at, sequence);

  -- provider, merchant and accepted_at repeat the entry's, for the indexes; queue is the number of its ordering key, awaits that of the sale
  -- that it waits for.
  CREATE TABLE ${schema}.deliveries (
    sequence bigint PRIMARY KEY REFERENCES ${schema}.entries,
    provider text NOT NULL,
    account text NOT NULL,
    merchant text NOT NULL,
    queue bigint NOT NULL,
    accepted_at timestamptz NOT NULL,
    state text NOT NULL,
    changed_at timestamptz NOT NULL,
    due_at timestamptz,
    worker text,
    fence bigint NOT NULL,
    attempts integer NOT NULL,
    failures integer NOT NULL,
    first_attempt_at timestamptz,
    last_attempt_at timestamptz,
    provider_document_id text,
    registration json,
    reason json,
    reason_code text,
    awaits bigint,
    outage boolean NOT NULL,
    raised_unknown boolean NOT NULL DEFAULT false,
    raised_overdue boolean NOT NULL DEFAULT false,
    version integer NOT NULL,
    hash text NOT NULL
  );
  CREATE INDEX deliveries_due ON ${schema}.deliveries (provider, due_at) WHERE due_at IS NOT NULL;
  CREATE INDEX deliveries_in_order ON ${schema}.deliveries (queue, sequence)
    WHERE state NOT IN ('registered', 'rejected');
  CREATE INDEX deliveries_unfinished ON ${schema}.deliveries (accepted_at)
    WHERE state NOT IN ('registered', 'rejected');
  CREATE INDEX deliveries_unknown_unraised ON ${schema}.deliveries (changed_at)
    WHERE state = 'unknown' AND NOT raised_unknown;
  CREATE INDEX deliveries_overdue_unraised ON ${schema}.deliveries (accepted_at)
    WHERE state NOT IN ('registered', 'rejected') AND NOT raised_overdue;
  CREATE INDEX deliveries_bound ON ${schema}.deliveries (queue) WHERE provider_document_id IS NOT NULL;

  -- What only one entry of a merchant may hold: idempotency keys (kind key) for ever, claims (kind claim) until rejection.
  CREATE TABLE ${schema}.names (
    name text NOT NULL,
    kind text NOT NULL,
    merchant text NOT NULL,
    sequence bigint NOT NULL REFERENCES ${schema}.entries,
    PRIMARY KEY (name, kind, merchant)
  );
  CREATE INDEX names_claimed ON ${schema}.names (sequence) WHERE kind = 'claim';

  -- Queues whose first entry may have become due unseen: see the functions settle and wake_queues.
  CREATE TABLE ${schema}.unseen_queues (
    number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    queue bigint NOT NULL
  );

  -- Every connection counts in rows of its own, so that no two ever wait for each other.
  CREATE TABLE ${schema}.finished (
    provider text NOT NULL,
    state text NOT NULL,
    connection integer NOT NULL,
    entries bigint NOT NULL,
    PRIMARY KEY (provider, state, connection)
  );
`;

/** Tables of the journal and its seals, and the chaining of rows: `hashJournalRow`, word for word. */
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

/**
 * Events on their way to handlers. A delivery without a due time waits for an earlier one of its entry and
 * handler; a finished one is gone.
 */
export const eventTables = (schema: string) => `
  CREATE TABLE ${schema}.subscriptions (
    kind text NOT NULL,
    handler text NOT NULL,
    PRIMARY KEY (kind, handler)
  );

  CREATE TABLE ${schema}.event_deliveries (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    handler text NOT NULL,
    kind text NOT NULL,
    sequence bigint NOT NULL REFERENCES ${schema}.entries,
    version integer NOT NULL,
    at timestamptz NOT NULL,
    due_at timestamptz,
    worker text,
    fence bigint NOT NULL,
    attempts integer NOT NULL
  );
  CREATE INDEX event_deliveries_due ON ${schema}.event_deliveries (handler, due_at) WHERE due_at IS NOT NULL;
  CREATE INDEX event_deliveries_in_order ON ${schema}.event_deliveries (sequence, handler, id);
`;

/** Indexes of a merchant's entries with what they are filtered by; rejected ones have their own. */
export const listIndexes = (schema: string) => `
  DROP INDEX ${schema}.entries_by_time;
  CREATE INDEX entries_by_time ON ${schema}.entries (merchant, accepted_at, sequence)
    INCLUDE (operation, operation_type, total_minor);
  CREATE INDEX IF NOT EXISTS deliveries_rejected_by_time ON ${schema}.deliveries (merchant, accepted_at) WHERE state = 'rejected';
`;

/**
 * The store's clock, and entries as `EntryRow` names them. The view's columns are of types that every driver
 * and ORM reads alike, whatever type parsers are set: numbers as `double precision` (exact up to 2^53), JSON
 * as text. The columns with `raw_` are for conditions and order, where an index must serve.
 */
export const readingViews = (schema: string) => `
  CREATE FUNCTION ${schema}.clock() RETURNS timestamptz LANGUAGE sql VOLATILE AS $$
    SELECT date_trunc('milliseconds', clock_timestamp())
  $$;

  CREATE FUNCTION ${schema}.milliseconds(at timestamptz) RETURNS double precision LANGUAGE sql STABLE AS $$
    SELECT (extract(epoch FROM at) * 1000)::double precision
  $$;

  ${entryRowsView(schema)}
`;

/** Entries as `EntryRow` names them. */
export const entryRowsView = (schema: string) => `
  CREATE VIEW ${schema}.entry_rows AS SELECT
    entries.sequence AS raw_sequence,
    entries.accepted_at AS raw_accepted_at,
    entries.position_names,
    deliveries.queue,
    entries.sequence::double precision,
    entries.id,
    entries.merchant,
    entries.provider,
    deliveries.account,
    entries.operation,
    entries.idempotency_key,
    entries.content_digest,
    entries.claims::text,
    entries.ordering_key,
    entries.payment_id,
    entries.operation_type,
    entries.total_minor::double precision,
    entries.document::text,
    entries.reference,
    ${schema}.milliseconds(entries.business_time) AS business_time,
    entries.body,
    entries.depends_on,
    ${schema}.milliseconds(entries.accepted_at) AS accepted_at,
    deliveries.state,
    ${schema}.milliseconds(deliveries.changed_at) AS changed_at,
    ${schema}.milliseconds(deliveries.due_at) AS due_at,
    deliveries.worker,
    deliveries.fence::double precision,
    deliveries.attempts,
    deliveries.failures,
    ${schema}.milliseconds(deliveries.first_attempt_at) AS first_attempt_at,
    ${schema}.milliseconds(deliveries.last_attempt_at) AS last_attempt_at,
    deliveries.provider_document_id,
    deliveries.registration::text,
    deliveries.reason::text,
    CASE WHEN deliveries.awaits IS NOT NULL THEN entries.depends_on END AS awaits,
    deliveries.version,
    deliveries.hash
  FROM ${schema}.entries JOIN ${schema}.deliveries ON deliveries.sequence = entries.sequence;
`;
