/**
 * Notices that the ledger has gone back in time: a standby that lagged was promoted, or an older state of the
 * server was put back. Every such act begins a new timeline, or is another server; the ledger keeps the one
 * that it knows. An older state of the server's disk is on the same timeline: only a process that has seen
 * more of the journal can tell.
 *
 * The timeline is that of the WAL which is being written; `pg_control_checkpoint` tells the old one until the
 * first checkpoint after a promotion. What a role may not read, or a server does not tell, is null, and says
 * nothing.
 */
export const timelineFunctions = `
  CREATE FUNCTION fiscalkit.current_timeline(OUT system_identifier text, OUT timeline text)
  LANGUAGE plpgsql AS $$
  BEGIN
    BEGIN
      timeline := left(pg_walfile_name(pg_current_wal_lsn()), 8);
    EXCEPTION WHEN OTHERS THEN
      timeline := NULL;
    END;
    BEGIN
      system_identifier := (SELECT control.system_identifier::text FROM pg_control_system() AS control);
    EXCEPTION WHEN OTHERS THEN
      system_identifier := NULL;
    END;
  END $$;

  INSERT INTO fiscalkit.server_timeline (system_identifier, timeline, noted_at)
  SELECT system_identifier, timeline, fiscalkit.clock() FROM fiscalkit.current_timeline();

  CREATE FUNCTION fiscalkit.newest_position() RETURNS bigint LANGUAGE plpgsql STABLE SET plan_cache_mode = force_generic_plan AS $$
  BEGIN
    RETURN (SELECT position FROM fiscalkit.journal ORDER BY position DESC LIMIT 1);
  END $$;

  -- Answers the provider, so that a claim can't begin before this has passed.
  CREATE FUNCTION fiscalkit.on_known_timeline(provider text, seen_position bigint) RETURNS text
  LANGUAGE plpgsql AS $$
  BEGIN
    IF seen_position > coalesce(fiscalkit.newest_position(), 0) OR EXISTS (
      SELECT FROM fiscalkit.server_timeline AS known, fiscalkit.current_timeline() AS now
      WHERE now.timeline IS NOT NULL AND now.timeline IS DISTINCT FROM known.timeline
        OR now.system_identifier IS NOT NULL AND now.system_identifier IS DISTINCT FROM known.system_identifier
    ) THEN
      RAISE EXCEPTION 'the ledger has gone back in time' USING ERRCODE = 'FK002';
    END IF;
    RETURN provider;
  END $$;

  CREATE FUNCTION fiscalkit.declare_restored(since bigint, until bigint) RETURNS void
  LANGUAGE plpgsql AS $$
  DECLARE
    now bigint := fiscalkit.clock();
  BEGIN
    INSERT INTO fiscalkit.restores (declared_at, since, until) VALUES (now, since, until);
    UPDATE fiscalkit.deliveries SET
      fence = fence + 1000000,
      last_attempt_at = CASE WHEN state IN ('unknown', 'sending')
        OR state = 'parked' AND last_attempt_at IS NOT NULL THEN now ELSE last_attempt_at END
    WHERE NOT is_final;
  END $$;

  -- Processes that notice at once take turns: the first declares, the others find the timeline noted.
  CREATE FUNCTION fiscalkit.note_timeline(seen_position bigint) RETURNS TABLE (
    since double precision, until double precision
  ) LANGUAGE plpgsql AS $$
  DECLARE
    known record;
    current record;
    now bigint := fiscalkit.clock();
    last_known bigint;
    -- How much earlier than the newest row of the journal something may have been sent that it does not tell of.
    ten_minutes bigint := 600000;
    -- Until when callers may repeat what was lost: as for a copy that was put back with the gateway's commands.
    three_days bigint := 259200000;
  BEGIN
    SELECT * INTO STRICT known FROM fiscalkit.server_timeline FOR UPDATE;
    SELECT * INTO STRICT current FROM fiscalkit.current_timeline();
    UPDATE fiscalkit.server_timeline SET
      system_identifier = coalesce(current.system_identifier, known.system_identifier),
      timeline = coalesce(current.timeline, known.timeline),
      noted_at = now;
    IF coalesce(current.timeline <> known.timeline, false)
      OR coalesce(current.system_identifier <> known.system_identifier, false)
      OR coalesce(seen_position > coalesce(fiscalkit.newest_position(), 0), false)
    THEN
      last_known := least(now, coalesce(
        (SELECT at FROM fiscalkit.journal WHERE position = fiscalkit.newest_position()),
        (SELECT floor(extract(epoch FROM min(applied_at)) * 1000)::bigint FROM fiscalkit.ledger_versions)
      )) - ten_minutes;
      PERFORM fiscalkit.declare_restored(last_known, now + three_days);
      RETURN QUERY SELECT last_known::double precision, (now + three_days)::double precision;
    END IF;
  END $$;
`;
