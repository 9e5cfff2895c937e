/**
 * Accepts within a caller's transaction, waiting for other transactions that hold the same names for
 * `wait_ms` at most, or for the caller's own `lock_timeout` if that is shorter. Past that it answers `busy`,
 * holds none of the names, and leaves the transaction fit for use and its settings as they were.
 *
 * A snapshot that is older than the lock of the payment shows no twin that was committed in between. So what
 * is accepted here leaves its content under a unique key, which no snapshot hides: another transaction that
 * would leave the same ends with a serialization failure.
 *
 * `fiscalkit_ledger.within` tells the triggers of the tables whose transaction it is.
 */
export const acceptWithinFunction = `
  CREATE FUNCTION fiscalkit.hold_names(documents text, wait_ms double precision) RETURNS boolean
  LANGUAGE plpgsql SET lock_timeout = 0 AS $$
  DECLARE
    deadline timestamptz := clock_timestamp() + wait_ms * interval '1 millisecond';
    held bigint;
    left_ms double precision;
  BEGIN
    -- In one order, so that callers with several entries don't wait for each other in a circle.
    FOR held IN
      SELECT DISTINCT number
      FROM json_to_recordset(documents::json) AS new (locks bigint[]), unnest(new.locks) AS number
      ORDER BY number
    LOOP
      IF NOT pg_try_advisory_xact_lock(held) THEN
        left_ms := extract(epoch FROM deadline - clock_timestamp()) * 1000;
        IF left_ms < 1 THEN RAISE lock_not_available; END IF;
        PERFORM set_config('lock_timeout', ceil(left_ms)::text, true);
        PERFORM pg_advisory_xact_lock(held);
      END IF;
    END LOOP;
    RETURN true;
  EXCEPTION WHEN lock_not_available THEN
    RETURN false;
  END $$;

  CREATE FUNCTION fiscalkit.leave_contents(documents text) RETURNS void
  LANGUAGE sql SET plan_cache_mode = force_generic_plan AS $$
    INSERT INTO fiscalkit.unique_keys (name, kind, merchant, sequence)
    SELECT DISTINCT ON (new.merchant, new.operation, content.name)
      new.operation || ':' || content.name, 'content', new.merchant, e.sequence
    FROM json_to_recordset(documents::json) AS new (id text, merchant text, operation text, content_digest text)
    JOIN fiscalkit.entries AS e ON e.id = new.id
    CROSS JOIN LATERAL (VALUES
      (new.content_digest),
      ('document:' || encode(sha256(convert_to(e.document, 'UTF8')), 'hex'))
    ) AS content (name)
    ORDER BY new.merchant, new.operation, content.name, e.sequence
    ON CONFLICT (name, kind, merchant) DO UPDATE SET sequence = excluded.sequence
  $$;

  CREATE FUNCTION fiscalkit.accept_within(document text, wait_ms double precision) RETURNS TABLE (
    place integer, kind text, id text, "over" text,
    sequence double precision, accepted_at double precision, due_at double precision, held boolean
  ) LANGUAGE plpgsql AS $$
  DECLARE
    own_ms double precision := extract(epoch FROM current_setting('lock_timeout')::interval) * 1000;
  BEGIN
    IF NOT fiscalkit.hold_names(document, CASE WHEN own_ms > 0 THEN least(own_ms, wait_ms) ELSE wait_ms END) THEN
      kind := 'busy';
      RETURN NEXT;
      RETURN;
    END IF;
    PERFORM set_config('fiscalkit_ledger.within', 'on', true);
    RETURN QUERY SELECT accepted.place, accepted.kind, accepted.id, accepted."over",
      accepted.sequence, accepted.accepted_at, accepted.due_at, accepted.held
    FROM fiscalkit.accept_each(document, true, '') AS accepted;
    PERFORM fiscalkit.leave_contents(document);
    PERFORM set_config('fiscalkit_ledger.within', '', true);
  END $$;
`;
