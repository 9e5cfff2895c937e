/**
 * Tables of a ledger. What is written once (`entries`) is apart from what every step changes (`deliveries`),
 * so that a step rewrites a small row with few indexes; these are partial where delivery reads them, so that
 * finished entries, however many, cost it nothing. Times are milliseconds since 1970. Documents are texts,
 * letter by letter: their digests are in the journal. What is only stored and compared is in the collation
 * "C", which compares bytes. No table refers to another by a foreign key: each look at it would lock and write
 * the entry's row, and an audit compares the tables anyway.
 */
export const tables = `
  CREATE FUNCTION fiscalkit.clock() RETURNS bigint LANGUAGE sql VOLATILE AS $$
    SELECT floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint
  $$;

  -- The number of a name, for locks and queues; the key of what is unique for a merchant. The same as in
  -- entry-numbers.ts.
  CREATE FUNCTION fiscalkit.name_number(kind text, merchant text, name text) RETURNS bigint
  LANGUAGE sql IMMUTABLE AS $$
    SELECT ('x' || left(encode(sha256(convert_to(
      kind || chr(31) || merchant || chr(31) || name, 'UTF8')), 'hex'), 16))::bit(64)::bigint
  $$;
  CREATE FUNCTION fiscalkit.entry_key(merchant text, idempotency_key text) RETURNS uuid
  LANGUAGE sql IMMUTABLE AS $$
    SELECT left(encode(sha256(convert_to(
      'key' || chr(31) || merchant || chr(31) || idempotency_key, 'UTF8')), 'hex'), 32)::uuid
  $$;

  CREATE TYPE fiscalkit.entry_state AS ENUM (
    'accepted', 'sending', 'pending', 'unknown', 'registered', 'rejected', 'parked'
  );

  -- position_names: each as JSON, on a line of its own. reference: null where it is the id.
  -- key: entry_key of merchant and idempotency key. sale: the number of the sale that the entry is; awaited: of the
  -- one that it depends on.
  CREATE TABLE fiscalkit.entries (
    sequence bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    accepted_at bigint NOT NULL,
    business_time bigint NOT NULL,
    total_minor bigint,
    sale bigint,
    awaited bigint,
    key uuid NOT NULL,
    id text COLLATE "C" NOT NULL,
    merchant text COLLATE "C" NOT NULL,
    provider text COLLATE "C" NOT NULL,
    operation text COLLATE "C" NOT NULL,
    operation_type text COLLATE "C",
    depends_on text COLLATE "C",
    payment_id text COLLATE "C" NOT NULL,
    ordering_key text COLLATE "C" NOT NULL,
    idempotency_key text COLLATE "C" NOT NULL,
    content_digest text COLLATE "C" NOT NULL,
    claims text COLLATE "C" NOT NULL,
    reference text COLLATE "C",
    position_names text COLLATE "C" NOT NULL,
    document text COLLATE "C" NOT NULL,
    body bytea NOT NULL
  );
  CREATE UNIQUE INDEX entries_id ON fiscalkit.entries (id);
  CREATE UNIQUE INDEX entries_key ON fiscalkit.entries (key);
  CREATE INDEX entries_by_time ON fiscalkit.entries (merchant, accepted_at, sequence)
    INCLUDE (operation, operation_type, total_minor);
  CREATE INDEX entries_by_payment ON fiscalkit.entries (payment_id, merchant, accepted_at, sequence);

  -- What does not change comes first: of a row that stays on its page, only what follows is written to the log. No
  -- index has a column that a claim changes (due_at stays as it was while a worker holds the entry, until
  -- lease_until), so that a claim writes to none.
  -- provider, merchant and accepted_at repeat the entry's, for the indexes; queue is the number of its ordering
  -- key; awaits is its awaited as long as it waits for that sale; hinted_at is when the last step was due that a hint
  -- brought forward.
  CREATE TABLE fiscalkit.deliveries (
    sequence bigint PRIMARY KEY,
    queue bigint NOT NULL,
    accepted_at bigint NOT NULL,
    provider text COLLATE "C" NOT NULL,
    merchant text COLLATE "C" NOT NULL,
    account text COLLATE "C" NOT NULL,
    changed_at bigint NOT NULL,
    due_at bigint,
    hinted_at bigint,
    lease_until bigint,
    fence bigint NOT NULL,
    awaits bigint,
    first_attempt_at bigint,
    last_attempt_at bigint,
    attempts integer NOT NULL,
    failures integer NOT NULL,
    version integer NOT NULL,
    state fiscalkit.entry_state NOT NULL,
    outage boolean NOT NULL,
    raised_unknown boolean NOT NULL DEFAULT false,
    raised_overdue boolean NOT NULL DEFAULT false,
    worker text COLLATE "C",
    reason_code text COLLATE "C",
    reason json,
    provider_document_id text COLLATE "C",
    hash bytea NOT NULL,
    is_final boolean NOT NULL GENERATED ALWAYS AS (state IN ('registered', 'rejected')) STORED,
    rejected_at bigint GENERATED ALWAYS AS (CASE WHEN state = 'rejected' THEN changed_at END) STORED,
    unknown_since bigint GENERATED ALWAYS AS (
      CASE WHEN state = 'unknown' AND NOT raised_unknown THEN changed_at END
    ) STORED,
    registered_late_at bigint GENERATED ALWAYS AS (
      CASE WHEN state = 'registered' AND changed_at - accepted_at > 86400000 THEN changed_at END
    ) STORED,
    doubtful fiscalkit.entry_state GENERATED ALWAYS AS (CASE WHEN state IN ('unknown', 'parked') THEN state END) STORED
  ) WITH (fillfactor = 40);
  CREATE INDEX deliveries_due ON fiscalkit.deliveries (provider, account, merchant, due_at) WHERE due_at IS NOT NULL;
  CREATE INDEX deliveries_in_order ON fiscalkit.deliveries (queue, sequence) WHERE NOT is_final;
  CREATE INDEX deliveries_unfinished ON fiscalkit.deliveries (raised_overdue, accepted_at, sequence) WHERE NOT is_final;
  CREATE INDEX deliveries_unknown ON fiscalkit.deliveries (unknown_since) WHERE unknown_since IS NOT NULL;
  CREATE INDEX deliveries_awaiting ON fiscalkit.deliveries (awaits) WHERE awaits IS NOT NULL;
  CREATE INDEX deliveries_rejected ON fiscalkit.deliveries (rejected_at, sequence) WHERE rejected_at IS NOT NULL;
  CREATE INDEX deliveries_rejected_by_time ON fiscalkit.deliveries (merchant, accepted_at)
    WHERE rejected_at IS NOT NULL;

  CREATE INDEX deliveries_rejected_in_order ON fiscalkit.deliveries (sequence) WHERE rejected_at IS NOT NULL;
  CREATE INDEX deliveries_doubtful ON fiscalkit.deliveries (doubtful, sequence) WHERE doubtful IS NOT NULL;
  CREATE INDEX deliveries_by_reason ON fiscalkit.deliveries (reason_code, sequence) WHERE reason_code IS NOT NULL;
  CREATE INDEX deliveries_registered_late ON fiscalkit.deliveries (merchant, registered_late_at, sequence)
    WHERE registered_late_at IS NOT NULL;

  -- Of what is registered, written once.
  CREATE TABLE fiscalkit.registrations (
    sequence bigint PRIMARY KEY,
    registration text COLLATE "C" NOT NULL
  );

  -- Requests that took the place of the first, the newest with the highest number.
  CREATE TABLE fiscalkit.reissues (
    sequence bigint NOT NULL,
    number integer NOT NULL,
    request text COLLATE "C" NOT NULL,
    PRIMARY KEY (sequence, number)
  );

  -- What only one live entry of a merchant may have, beside its idempotency key: unique keys (kind claim), until
  -- it is rejected, and contents of what callers accepted in transactions of their own; see leave_contents.
  CREATE TABLE fiscalkit.unique_keys (
    name text COLLATE "C" NOT NULL,
    kind text COLLATE "C" NOT NULL,
    merchant text COLLATE "C" NOT NULL,
    sequence bigint NOT NULL,
    PRIMARY KEY (name, kind, merchant)
  );
  CREATE INDEX unique_keys_of_entry ON fiscalkit.unique_keys (sequence) WHERE kind = 'claim';

  -- Queues whose first entry may have become due unseen: see wake_queues.
  CREATE TABLE fiscalkit.unseen_queues (
    number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    queue bigint NOT NULL
  );

  -- Every connection counts in rows of its own, so that no two ever wait for each other.
  CREATE TABLE fiscalkit.finished (
    provider text COLLATE "C" NOT NULL,
    state fiscalkit.entry_state NOT NULL,
    connection integer NOT NULL,
    entries bigint NOT NULL,
    PRIMARY KEY (provider, state, connection)
  );

  -- Which entries an act on many has acted on, so that it does so once.
  CREATE TABLE fiscalkit.batch_entries (
    batch uuid NOT NULL,
    sequence bigint NOT NULL,
    PRIMARY KEY (batch, sequence)
  );

  -- What was declared after an older copy of the ledger was put back.
  CREATE TABLE fiscalkit.restores (
    declared_at bigint NOT NULL,
    since bigint NOT NULL,
    until bigint NOT NULL
  );

  -- The server that the ledger knows.
  CREATE TABLE fiscalkit.server_timeline (
    system_identifier text,
    timeline text,
    noted_at bigint NOT NULL
  );

  -- Events on their way to handlers. A delivery without a due time waits for an earlier one of its entry and
  -- handler; a finished one is gone.
  CREATE TABLE fiscalkit.subscriptions (
    kind text COLLATE "C" NOT NULL,
    handler text COLLATE "C" NOT NULL,
    PRIMARY KEY (kind, handler)
  );
  CREATE TABLE fiscalkit.event_deliveries (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    sequence bigint NOT NULL,
    at bigint NOT NULL,
    due_at bigint,
    fence bigint NOT NULL,
    version integer NOT NULL,
    attempts integer NOT NULL,
    kind text COLLATE "C" NOT NULL,
    handler text COLLATE "C" NOT NULL,
    worker text COLLATE "C"
  );
  CREATE INDEX event_deliveries_due ON fiscalkit.event_deliveries (handler, due_at) WHERE due_at IS NOT NULL;
  CREATE INDEX event_deliveries_in_order ON fiscalkit.event_deliveries (sequence, handler, id);

  -- Entries as EntryRow names them. The columns are of types that every driver and ORM reads alike, whatever
  -- type parsers are set: numbers as double precision (exact up to 2^53), JSON and states as text. Those with
  -- raw_ are for conditions and order, where an index must serve.
  CREATE VIEW fiscalkit.entry_rows AS SELECT
    entries.sequence AS raw_sequence,
    entries.accepted_at AS raw_accepted_at,
    deliveries.queue,
    entries.sequence::double precision,
    entries.id,
    entries.merchant,
    entries.provider,
    deliveries.account,
    entries.operation,
    entries.idempotency_key,
    entries.content_digest,
    entries.claims,
    entries.ordering_key,
    entries.payment_id,
    entries.operation_type,
    entries.total_minor::double precision,
    entries.document,
    coalesce(entries.reference, entries.id) AS reference,
    entries.business_time::double precision,
    entries.body,
    entries.depends_on,
    entries.accepted_at::double precision,
    deliveries.state::text,
    deliveries.changed_at::double precision,
    coalesce(deliveries.lease_until, deliveries.due_at)::double precision AS due_at,
    deliveries.worker,
    deliveries.fence::double precision,
    deliveries.attempts,
    deliveries.failures,
    deliveries.first_attempt_at::double precision,
    deliveries.last_attempt_at::double precision,
    deliveries.provider_document_id,
    (SELECT r.registration FROM fiscalkit.registrations AS r WHERE r.sequence = entries.sequence) AS registration,
    (
      SELECT r.request FROM fiscalkit.reissues AS r WHERE r.sequence = entries.sequence ORDER BY r.number DESC LIMIT 1
    ) AS reissue,
    deliveries.reason::text,
    CASE WHEN deliveries.awaits IS NOT NULL THEN entries.depends_on END AS awaits,
    deliveries.version,
    encode(deliveries.hash, 'hex') AS hash
  FROM fiscalkit.entries JOIN fiscalkit.deliveries ON deliveries.sequence = entries.sequence;
`;
