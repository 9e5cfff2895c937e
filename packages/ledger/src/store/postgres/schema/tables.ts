/**
 * The tables of version 1. What is written once (`entries`) is apart from what every step changes (`deliveries`), so that a
 * step rewrites a small row with few indexes; these are partial where delivery reads them, so that finished entries, however
 * many, cost it nothing. Documents are `json`, not `jsonb`: their digests are in the journal, so they must come back as they
 * were, with the order of their keys and with characters that `jsonb` refuses.
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

  -- provider and accepted_at repeat the entry's, for the indexes; queue is the number of its ordering key, awaits that of the sale
  -- that it waits for.
  CREATE TABLE ${schema}.deliveries (
    sequence bigint PRIMARY KEY REFERENCES ${schema}.entries,
    provider text NOT NULL,
    account text NOT NULL,
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
