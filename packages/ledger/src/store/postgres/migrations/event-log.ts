/**
 * The log of events, as `EventLog` describes it. Who announces an event writes it to `unplaced_events`, in its
 * own transaction, and waits for nobody. `place_events` moves what is committed to `events`, one call at a
 * time: so positions follow each other in the order in which events can be seen, however long a transaction
 * was open. Of one entry, an event is only announced once the one before is committed, and its number is
 * higher, so they keep their order.
 *
 * Of a merchant, only the first events are ever deleted; `forgotten_events` has the position of the last of
 * these.
 */
export const eventLog = `
  CREATE TABLE fiscalkit.event_log_settings (is_written boolean NOT NULL, generation integer NOT NULL);
  INSERT INTO fiscalkit.event_log_settings VALUES (false, 0);

  CREATE TABLE fiscalkit.unplaced_events (
    number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    sequence bigint NOT NULL,
    at bigint NOT NULL,
    version integer NOT NULL,
    merchant text COLLATE "C" NOT NULL,
    kind text COLLATE "C" NOT NULL
  );
  CREATE TABLE fiscalkit.events (
    position bigint NOT NULL,
    sequence bigint NOT NULL,
    at bigint NOT NULL,
    version integer NOT NULL,
    merchant text COLLATE "C" NOT NULL,
    kind text COLLATE "C" NOT NULL,
    PRIMARY KEY (merchant, position)
  );
  CREATE TABLE fiscalkit.forgotten_events (
    merchant text COLLATE "C" PRIMARY KEY,
    position bigint NOT NULL
  );

  -- Who reads events outside of the ledger, such as webhooks, and how far; with a log each.
  CREATE TABLE fiscalkit.event_readers (
    name text COLLATE "C" PRIMARY KEY,
    state text COLLATE "C",
    request text COLLATE "C",
    fence bigint NOT NULL,
    worker text COLLATE "C",
    lease_until bigint
  );
  CREATE TABLE fiscalkit.event_reader_lines (
    reader text COLLATE "C" NOT NULL,
    number bigint NOT NULL,
    line text COLLATE "C" NOT NULL,
    PRIMARY KEY (reader, number)
  );

  -- What merchants set of readers of their own, sealed by who wrote it.
  CREATE TABLE fiscalkit.event_reader_settings (
    merchant text COLLATE "C" PRIMARY KEY,
    version bigint NOT NULL,
    settings text COLLATE "C" NOT NULL
  );

  CREATE FUNCTION fiscalkit.last_event(of_merchant text) RETURNS bigint
  LANGUAGE sql STABLE AS $$
    SELECT greatest(
      (SELECT e.position FROM fiscalkit.events AS e WHERE e.merchant = of_merchant ORDER BY e.position DESC LIMIT 1),
      (SELECT f.position FROM fiscalkit.forgotten_events AS f WHERE f.merchant = of_merchant),
      0
    )
  $$;

  -- One call at a time, until the transaction ends. A call's next statement sees what the last one wrote.
  CREATE FUNCTION fiscalkit.enter_event_log() RETURNS void
  LANGUAGE plpgsql AS $$
  BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
      RAISE EXCEPTION 'the ledger is written in read committed transactions' USING ERRCODE = 'FK001';
    END IF;
    PERFORM pg_advisory_xact_lock(hashtextextended('fiscalkit event log ' || 'fiscalkit.events'::regclass::oid, 0));
  END $$;

  CREATE FUNCTION fiscalkit.write_events(is_to_be_written boolean) RETURNS void
  LANGUAGE plpgsql AS $$
  BEGIN
    PERFORM fiscalkit.enter_event_log();
    UPDATE fiscalkit.event_log_settings
    SET is_written = is_to_be_written, generation = generation + CASE WHEN is_to_be_written THEN 1 ELSE 0 END
    WHERE is_written <> is_to_be_written;
    IF FOUND AND is_to_be_written THEN
      DELETE FROM fiscalkit.unplaced_events;
      DELETE FROM fiscalkit.events;
      DELETE FROM fiscalkit.forgotten_events;
    END IF;
  END $$;

  CREATE FUNCTION fiscalkit.place_events(most integer) RETURNS integer
  LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan AS $$
  DECLARE
    placed integer;
  BEGIN
    IF NOT EXISTS (SELECT FROM fiscalkit.unplaced_events) THEN RETURN 0; END IF;
    PERFORM fiscalkit.enter_event_log();
    WITH moved AS (
      DELETE FROM fiscalkit.unplaced_events WHERE number IN (
        SELECT number FROM fiscalkit.unplaced_events ORDER BY number LIMIT most
      ) RETURNING *
    ), before AS MATERIALIZED (
      SELECT merchant, fiscalkit.last_event(merchant) AS position FROM (SELECT DISTINCT merchant FROM moved) AS whose
    )
    INSERT INTO fiscalkit.events (position, sequence, at, version, merchant, kind)
    SELECT before.position + row_number() OVER (PARTITION BY moved.merchant ORDER BY moved.number),
      moved.sequence, moved.at, moved.version, moved.merchant, moved.kind
    FROM moved JOIN before ON before.merchant = moved.merchant;
    GET DIAGNOSTICS placed = ROW_COUNT;
    IF placed > 0 THEN PERFORM pg_notify('fiscalkit_accepted', 'events'); END IF;
    RETURN placed;
  END $$;

  CREATE FUNCTION fiscalkit.forget_events(older_than_ms double precision, most integer) RETURNS integer
  LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan AS $$
  DECLARE
    since bigint := fiscalkit.clock() - older_than_ms::bigint;
    forgotten integer;
  BEGIN
    PERFORM fiscalkit.enter_event_log();
    WITH RECURSIVE merchants AS (
      (SELECT merchant FROM fiscalkit.events ORDER BY merchant LIMIT 1)
      UNION ALL
      SELECT next.merchant FROM merchants CROSS JOIN LATERAL (
        SELECT e.merchant FROM fiscalkit.events AS e WHERE e.merchant > merchants.merchant ORDER BY e.merchant LIMIT 1
      ) AS next
    ), old AS MATERIALIZED (
      SELECT merchants.merchant, first.position FROM merchants CROSS JOIN LATERAL (
        SELECT oldest.position, bool_and(oldest.at < since) OVER (ORDER BY oldest.position) AS is_old FROM (
          SELECT e.position, e.at FROM fiscalkit.events AS e
          WHERE e.merchant = merchants.merchant ORDER BY e.position LIMIT most
        ) AS oldest
      ) AS first
      WHERE first.is_old
    ), deleted AS (
      DELETE FROM fiscalkit.events AS e USING old WHERE e.merchant = old.merchant AND e.position = old.position
      RETURNING e.merchant, e.position
    ), noted AS (
      INSERT INTO fiscalkit.forgotten_events AS f (merchant, position)
      SELECT merchant, max(position) FROM deleted GROUP BY merchant
      ON CONFLICT (merchant) DO UPDATE SET position = greatest(f.position, excluded.position)
    )
    SELECT count(*) INTO forgotten FROM deleted;
    RETURN forgotten;
  END $$;
`;
