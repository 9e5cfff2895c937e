/** The condition that a delivery `d` is due in a share of a claim, and waits for no earlier entry nor a sale. */
const isDue = `d.provider = asked_provider AND d.account = share.account AND d.merchant = share.merchant
        AND d.due_at <= now AND (share.kind IS NULL OR (d.state = 'accepted') = (share.kind = 'submit'))
        AND (d.lease_until IS NULL OR d.lease_until <= now)
        AND d.awaits IS NULL AND (d.last_attempt_at IS NOT NULL OR NOT EXISTS (
          SELECT FROM fiscalkit.deliveries AS earlier
          WHERE earlier.queue = d.queue AND earlier.sequence < d.sequence
          AND NOT earlier.is_final AND earlier.awaits IS NULL
        ))`;

/**
 * Hands due entries to a worker: so many of each of these merchants, for these accounts. Rows that another
 * worker is just taking are skipped, never waited for. An `accepted` entry becomes `sending`; one whose worker
 * vanished while sending becomes `unknown`.
 *
 * An entry is handed out when it waits for no earlier one of its queue, nor for a sale. What was begun goes
 * on: one that waited for a sale, and that it has overtaken, goes after it.
 *
 * Where the ledger was declared restored, `look_first` makes `unknown` what an earlier life of it may have
 * sent: the claim then hands it out to be found. The last attempt can't be later than the declaration, because
 * only a ledger that ended before it can have made one. What has become due since is left for the next claim.
 */
export const claimFunctions = `
  CREATE FUNCTION fiscalkit.claim(
    asked_provider text, accounts text[], merchants text[], limits integer[], most_held integer[], kinds text[],
    every_ms double precision[], lease_ms double precision, asking_worker text, lost_reason text
  ) RETURNS SETOF fiscalkit.entry_rows LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan AS $$
  DECLARE
    now bigint := fiscalkit.clock();
    new_lease_until bigint := now + floor(lease_ms)::bigint;
    lost_code text := lost_reason::json ->> 'code';
    worker_json text := to_json(asking_worker)::text;
    free integer[] := most_held;
    restored record;
  BEGIN
    IF array_remove(most_held, NULL) <> '{}' OR array_remove(every_ms, NULL) <> '{}' THEN
      free := fiscalkit.free_places(asked_provider, accounts, most_held, kinds, every_ms, now);
    END IF;
    IF EXISTS (SELECT FROM fiscalkit.unseen_queues) THEN PERFORM fiscalkit.look_at_unseen_queues(now); END IF;
    SELECT * INTO STRICT restored FROM fiscalkit.restored;
    IF restored.until IS NOT NULL THEN
      PERFORM fiscalkit.look_first(asked_provider, accounts, merchants, limits, kinds, now);
    END IF;

    RETURN QUERY WITH due AS MATERIALIZED (
      SELECT due.*, share.held, share.kind, share.every_ms,
        CASE WHEN share.held IS NOT NULL THEN row_number() OVER (PARTITION BY due.account ORDER BY due.due_at) END AS place,
        CASE WHEN share.every_ms IS NOT NULL
          THEN row_number() OVER (PARTITION BY due.account, share.kind ORDER BY due.due_at) END AS turn,
        max(share.free) OVER (PARTITION BY due.account) AS free
      FROM unnest(accounts, merchants, limits, free, most_held, kinds, every_ms)
        AS share (account, merchant, most, free, held, kind, every_ms)
      CROSS JOIN LATERAL (
        SELECT d.* FROM fiscalkit.deliveries AS d
        WHERE ${isDue}
        AND (restored.until IS NULL OR d.state <> 'accepted' OR d.accepted_at >= restored.until
          OR d.last_attempt_at >= restored.declared_at)
        ORDER BY d.due_at LIMIT least(share.most, share.free)
        FOR UPDATE OF d SKIP LOCKED
      ) AS due
    ), noted AS MATERIALIZED (
      SELECT due.sequence, due.state, due.hash, e.id, due.version + 1 AS version,
        CASE due.state WHEN 'accepted' THEN 'sending' WHEN 'sending' THEN 'unknown' ELSE due.state END AS next_state,
        CASE due.state
          WHEN 'accepted' THEN '{"attempt":' || (due.attempts + 1)::text || ',"fence":' || (due.fence + 1)::text
            || ',"worker":' || worker_json || '}'
          WHEN 'sending' THEN '{"fence":' || due.fence::text || ',"reason":"' || lost_code
            || '","worker":' || to_json(due.worker)::text || '}'
        END AS details
      FROM due JOIN fiscalkit.entries AS e ON e.sequence = due.sequence
      WHERE (due.place IS NULL OR due.place <= due.free) AND (due.turn IS NULL OR due.turn = 1)
    ), changed AS (
      UPDATE fiscalkit.deliveries AS d SET
        state = noted.next_state,
        changed_at = CASE WHEN noted.details IS NULL THEN d.changed_at ELSE now END,
        lease_until = new_lease_until,
        worker = asking_worker,
        fence = d.fence + 1,
        attempts = d.attempts + (noted.next_state = 'sending')::integer,
        failures = d.failures + (noted.state = 'sending')::integer,
        first_attempt_at = CASE WHEN noted.next_state = 'sending' THEN coalesce(d.first_attempt_at, now)
          ELSE d.first_attempt_at END,
        last_attempt_at = CASE WHEN noted.next_state = 'sending' THEN now ELSE d.last_attempt_at END,
        reason = CASE WHEN noted.state = 'sending' THEN lost_reason::json ELSE d.reason END,
        reason_code = CASE WHEN noted.state = 'sending' THEN lost_code ELSE d.reason_code END,
        outage = d.outage AND noted.state <> 'sending',
        version = CASE WHEN noted.details IS NULL THEN d.version ELSE noted.version END,
        hash = CASE WHEN noted.details IS NULL THEN d.hash ELSE fiscalkit.journal_hash(
          noted.id, noted.version, now, noted.state, noted.next_state, noted.details, noted.hash) END
      FROM noted WHERE d.sequence = noted.sequence
      RETURNING d.*, noted.id, noted.state AS state_before, noted.details
    ), journalled AS (
      INSERT INTO fiscalkit.journal (entry_id, version, at, from_state, to_state, details, hash)
      SELECT id, version, now, state_before, state, details, hash FROM changed WHERE details IS NOT NULL
    ), placed AS (
      INSERT INTO fiscalkit.held_places AS h (sequence, provider, account, until)
      SELECT changed.sequence, changed.provider, changed.account, new_lease_until
      FROM changed JOIN due ON due.sequence = changed.sequence WHERE due.held IS NOT NULL
      ON CONFLICT (sequence) DO UPDATE SET until = excluded.until
    ), paced AS (
      INSERT INTO fiscalkit.paced_calls AS p (provider, account, kind, next_at)
      SELECT changed.provider, changed.account, due.kind, now + ceil(due.every_ms)::bigint
      FROM changed JOIN due ON due.sequence = changed.sequence WHERE due.every_ms IS NOT NULL
      ON CONFLICT (provider, account, kind) DO UPDATE SET next_at = excluded.next_at
    )
    -- The view's columns: what this statement changes shows in no table yet.
    SELECT e.sequence, e.accepted_at, d.queue, e.sequence::double precision, e.id, e.merchant,
      e.provider, d.account, e.operation, e.idempotency_key, e.content_digest, e.claims, e.ordering_key, e.payment_id,
      e.operation_type, e.total_minor::double precision, e.document, coalesce(e.reference, e.id), e.business_time::double precision,
      e.body, e.depends_on, e.accepted_at::double precision, d.state::text, d.changed_at::double precision,
      d.lease_until::double precision, d.worker, d.fence::double precision, d.attempts, d.failures,
      d.first_attempt_at::double precision, d.last_attempt_at::double precision, d.provider_document_id,
      NULL::text,
      (SELECT r.request FROM fiscalkit.reissues AS r WHERE r.sequence = d.sequence ORDER BY r.number DESC LIMIT 1),
      d.reason::text, CASE WHEN d.awaits IS NOT NULL THEN e.depends_on END, d.version, encode(d.hash, 'hex')
    FROM changed AS d JOIN fiscalkit.entries AS e ON e.sequence = d.sequence
    ORDER BY d.due_at, d.sequence;
  END $$;

  -- Entries that workers hold of accounts that bear so many calls at a time: see free_places.
  CREATE TABLE fiscalkit.held_places (
    sequence bigint PRIMARY KEY,
    provider text COLLATE "C" NOT NULL,
    account text COLLATE "C" NOT NULL,
    until bigint NOT NULL
  );
  CREATE INDEX held_places_of_account ON fiscalkit.held_places (provider, account);

  -- When the next call of a kind may begin for accounts that bear one in so long: see free_places.
  CREATE TABLE fiscalkit.paced_calls (
    provider text COLLATE "C" NOT NULL,
    account text COLLATE "C" NOT NULL,
    kind text COLLATE "C" NOT NULL,
    next_at bigint NOT NULL,
    PRIMARY KEY (provider, account, kind)
  );

  -- Answers how many more calls may begin in each share of accounts that bear so many at a time, or one of a kind in so
  -- long, whoever makes them; null for others. Claims for such an account go one after the other; one that finds
  -- another under way gets nothing. A place is free when its result is written, or when its lease is over: its worker
  -- was killed.
  CREATE FUNCTION fiscalkit.free_places(
    asked_provider text, accounts text[], most_held integer[], kinds text[], every_ms double precision[], now bigint
  ) RETURNS integer[] LANGUAGE plpgsql AS $$
  DECLARE
    free integer[] := most_held;
    taken integer;
    limited text;
  BEGIN
    FOR limited IN
      SELECT DISTINCT account FROM unnest(accounts, most_held, every_ms) AS share (account, most, every)
      WHERE most IS NOT NULL OR every IS NOT NULL
      ORDER BY account
    LOOP
      taken := NULL;
      IF pg_try_advisory_xact_lock(fiscalkit.name_number('places', asked_provider, limited)) THEN
        DELETE FROM fiscalkit.held_places AS h
        WHERE h.provider = asked_provider AND h.account = limited AND h.until <= now;
        SELECT count(*) INTO taken FROM fiscalkit.held_places AS h
        WHERE h.provider = asked_provider AND h.account = limited;
      END IF;
      FOR number IN 1 .. cardinality(accounts) LOOP
        CONTINUE WHEN accounts[number] <> limited;
        IF taken IS NULL OR every_ms[number] IS NOT NULL AND EXISTS (
          SELECT FROM fiscalkit.paced_calls AS p
          WHERE p.provider = asked_provider AND p.account = limited AND p.kind = kinds[number]
          -- A time that is further away than any wait was noted by a wrong clock.
          AND p.next_at > now AND p.next_at <= now + ceil(every_ms[number])::bigint
        ) THEN
          free[number] := 0;
        ELSIF most_held[number] IS NOT NULL THEN
          free[number] := greatest(0, most_held[number] - taken);
        END IF;
      END LOOP;
    END LOOP;
    RETURN free;
  END $$;

  -- The declared windows as one, the widest; all nulls when none was declared.
  CREATE VIEW fiscalkit.restored AS
    SELECT max(declared_at) AS declared_at, min(since) AS since, max(until) AS until FROM fiscalkit.restores;

  CREATE FUNCTION fiscalkit.look_first(
    asked_provider text, accounts text[], merchants text[], limits integer[], kinds text[], now bigint
  ) RETURNS void LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan AS $$
  DECLARE
    restored record;
  BEGIN
    SELECT * INTO STRICT restored FROM fiscalkit.restored;

    WITH due AS MATERIALIZED (
      SELECT due.*
      FROM unnest(accounts, merchants, limits, kinds) AS share (account, merchant, most, kind)
      CROSS JOIN LATERAL (
        SELECT d.* FROM fiscalkit.deliveries AS d
        WHERE ${isDue}
        ORDER BY d.due_at LIMIT share.most
        FOR UPDATE OF d SKIP LOCKED
      ) AS due
    ), doubted AS MATERIALIZED (
      SELECT d.sequence, d.version + 1 AS version, d.hash, e.id
      FROM due AS d JOIN fiscalkit.entries AS e ON e.sequence = d.sequence
      WHERE d.state = 'accepted' AND d.accepted_at < restored.until
      AND (d.last_attempt_at IS NULL OR d.last_attempt_at < restored.declared_at)
    ), changed AS (
      UPDATE fiscalkit.deliveries AS d SET
        state = 'unknown',
        changed_at = now,
        first_attempt_at = least(d.first_attempt_at, restored.since),
        last_attempt_at = restored.declared_at,
        reason = CASE
          -- The same as isEarlierUnknown.
          WHEN coalesce(d.reason ->> 'earlierUnknown' = 'true', false)
            OR coalesce(d.reason_code = 'ledger.lease-lost', false) AND d.attempts > 1
          THEN '{"code":"ledger.restored","message":"The ledger was restored from an older copy, so the document may have been sent before.","earlierUnknown":true}'::json
          ELSE '{"code":"ledger.restored","message":"The ledger was restored from an older copy, so the document may have been sent before."}'::json
        END,
        reason_code = 'ledger.restored',
        outage = false,
        version = doubted.version,
        hash = fiscalkit.journal_hash(
          doubted.id, doubted.version, now, 'accepted', 'unknown', '{"reason":"ledger.restored"}', doubted.hash)
      FROM doubted WHERE d.sequence = doubted.sequence
      RETURNING doubted.id, d.version, d.hash
    )
    INSERT INTO fiscalkit.journal (entry_id, version, at, from_state, to_state, details, hash)
    SELECT id, version, now, 'accepted', 'unknown', '{"reason":"ledger.restored"}', hash FROM changed;
  END $$;
`;
