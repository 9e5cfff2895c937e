/**
 * Announces what happened, and takes what came of the deliveries. Whoever announces holds the row of the
 * entry in `deliveries`: it is new, or just changed. `settle_events` locks the same rows first, so it sees
 * every delivery that was written because an earlier one was still there, and none is left waiting for ever.
 * Both are short.
 */
export const eventFunctions = `
  CREATE FUNCTION fiscalkit.event_kind(operation text, happening text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE
      WHEN operation = 'receipt' THEN 'receipt.' || happening
      WHEN operation = 'correction' AND happening <> 'held' THEN 'correction.' || happening
      WHEN starts_with(operation, 'confirmation.') AND happening = 'registered' THEN 'payment.confirmed'
      WHEN starts_with(operation, 'confirmation.') THEN 'payment.' || happening
    END
  $$;

  CREATE FUNCTION fiscalkit.announce(sequences bigint[], happening text, now bigint) RETURNS void
  LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan AS $$
  BEGIN
    IF (SELECT is_written FROM fiscalkit.event_log_settings) THEN
      INSERT INTO fiscalkit.unplaced_events (sequence, at, version, merchant, kind)
      SELECT d.sequence, now, d.version, d.merchant, fiscalkit.event_kind(e.operation, happening)
      FROM unnest(sequences) AS happened (sequence)
      JOIN fiscalkit.deliveries AS d ON d.sequence = happened.sequence
      JOIN fiscalkit.entries AS e ON e.sequence = happened.sequence
      WHERE fiscalkit.event_kind(e.operation, happening) IS NOT NULL
      ORDER BY d.sequence;
    END IF;
    IF NOT EXISTS (SELECT FROM fiscalkit.subscriptions) THEN RETURN; END IF;
    INSERT INTO fiscalkit.event_deliveries (handler, kind, sequence, version, at, due_at, fence, attempts)
    SELECT s.handler, s.kind, d.sequence, d.version, now, CASE WHEN EXISTS (
      SELECT FROM fiscalkit.event_deliveries AS earlier
      WHERE earlier.sequence = d.sequence AND earlier.handler = s.handler
    ) THEN NULL ELSE now END, 0, 0
    FROM unnest(sequences) AS happened (sequence)
    JOIN fiscalkit.deliveries AS d ON d.sequence = happened.sequence
    JOIN fiscalkit.entries AS e ON e.sequence = happened.sequence
    JOIN fiscalkit.subscriptions AS s ON s.kind = fiscalkit.event_kind(e.operation, happening);
    -- Handlers may be in any process, this one's included.
    IF FOUND THEN PERFORM pg_notify('fiscalkit_accepted', ''); END IF;
  END $$;

  CREATE FUNCTION fiscalkit.settle_events(results text) RETURNS SETOF double precision
  LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan AS $$
  DECLARE
    now bigint := fiscalkit.clock();
    written bigint[];
    ended_sequences bigint[];
    ended_handlers text[];
  BEGIN
    PERFORM FROM fiscalkit.deliveries AS d
    WHERE d.sequence IN (
      SELECT v.sequence FROM json_to_recordset(results::json) AS result (id bigint)
      JOIN fiscalkit.event_deliveries AS v ON v.id = result.id
    )
    ORDER BY d.sequence FOR UPDATE;

    WITH asked AS MATERIALIZED (
      SELECT * FROM json_to_recordset(results::json) AS result (id bigint, fence bigint, retry_in_ms double precision)
    ), ended AS (
      DELETE FROM fiscalkit.event_deliveries AS v USING asked
      WHERE v.id = asked.id AND v.fence = asked.fence AND v.worker IS NOT NULL AND asked.retry_in_ms IS NULL
      RETURNING v.id, v.sequence, v.handler
    ), postponed AS (
      UPDATE fiscalkit.event_deliveries AS v SET
        worker = NULL,
        due_at = now + ceil(asked.retry_in_ms)::bigint
      FROM asked
      WHERE v.id = asked.id AND v.fence = asked.fence AND v.worker IS NOT NULL AND asked.retry_in_ms IS NOT NULL
      RETURNING v.id
    )
    SELECT array_agg(id), array_agg(sequence) FILTER (WHERE handler IS NOT NULL),
      array_agg(handler) FILTER (WHERE handler IS NOT NULL)
    INTO written, ended_sequences, ended_handlers
    FROM (SELECT id, sequence, handler FROM ended UNION ALL SELECT id, NULL, NULL FROM postponed) AS settled;

    UPDATE fiscalkit.event_deliveries AS next SET due_at = now
    FROM unnest(ended_sequences, ended_handlers) AS ended (sequence, handler)
    WHERE next.due_at IS NULL AND next.id = (
      SELECT v.id FROM fiscalkit.event_deliveries AS v
      WHERE v.sequence = ended.sequence AND v.handler = ended.handler ORDER BY v.id LIMIT 1
    );

    RETURN QUERY SELECT unnest(written)::double precision;
  END $$;

  CREATE FUNCTION fiscalkit.raise(delay text, older_than_ms double precision, most integer) RETURNS integer
  LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan AS $$
  DECLARE
    now bigint := fiscalkit.clock();
    since bigint := now - older_than_ms::bigint;
    late bigint[];
  BEGIN
    IF delay = 'overdue' THEN
      SELECT array_agg(d.sequence) INTO late FROM (
        SELECT sequence FROM fiscalkit.deliveries
        WHERE NOT is_final AND NOT raised_overdue AND accepted_at <= since
        ORDER BY accepted_at LIMIT most FOR UPDATE SKIP LOCKED
      ) AS d;
      UPDATE fiscalkit.deliveries SET raised_overdue = true WHERE sequence = ANY (late);
    ELSE
      SELECT array_agg(d.sequence) INTO late FROM (
        SELECT sequence FROM fiscalkit.deliveries
        WHERE unknown_since <= since
        ORDER BY unknown_since LIMIT most FOR UPDATE SKIP LOCKED
      ) AS d;
      UPDATE fiscalkit.deliveries SET raised_unknown = true WHERE sequence = ANY (late);
    END IF;
    PERFORM fiscalkit.announce(late, delay, now);
    RETURN coalesce(cardinality(late), 0);
  END $$;
`;
