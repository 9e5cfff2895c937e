import { fenceLeap } from '../../restore-guard.js';
import { sqlStates } from '../errors.js';
import { functionSettings } from './schema-names.js';

/**
 * How much earlier than the newest row of the journal something may have been sent that it does not tell of.
 */
const margin = "interval '10 minutes'";

/**
 * Until when callers may repeat what was lost: as for a copy that was put back with the gateway's commands.
 */
const repeats = "interval '72 hours'";

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
export const timelineFunctions = (schema: string) => `
  CREATE TABLE IF NOT EXISTS ${schema}.server_timeline (
    system_identifier text,
    timeline text,
    noted_at timestamptz NOT NULL
  );

  CREATE OR REPLACE FUNCTION ${schema}.current_timeline(OUT system_identifier text, OUT timeline text)
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

  INSERT INTO ${schema}.server_timeline (system_identifier, timeline, noted_at)
  SELECT system_identifier, timeline, ${schema}.clock() FROM ${schema}.current_timeline()
  WHERE NOT EXISTS (SELECT FROM ${schema}.server_timeline);

  CREATE OR REPLACE FUNCTION ${schema}.newest_position() RETURNS bigint LANGUAGE plpgsql STABLE ${functionSettings} AS $$
  BEGIN
    RETURN (SELECT position FROM ${schema}.journal ORDER BY position DESC LIMIT 1);
  END $$;

  -- Answers the provider, so that a claim can't begin before this has passed.
  CREATE OR REPLACE FUNCTION ${schema}.on_known_timeline(provider text, seen_position bigint) RETURNS text
  LANGUAGE plpgsql AS $$
  BEGIN
    IF seen_position > coalesce(${schema}.newest_position(), 0) OR EXISTS (
      SELECT FROM ${schema}.server_timeline AS known, ${schema}.current_timeline() AS now
      WHERE now.timeline IS NOT NULL AND now.timeline IS DISTINCT FROM known.timeline
        OR now.system_identifier IS NOT NULL AND now.system_identifier IS DISTINCT FROM known.system_identifier
    ) THEN
      RAISE EXCEPTION 'the ledger has gone back in time' USING ERRCODE = '${sqlStates.timeline}';
    END IF;
    RETURN provider;
  END $$;

  CREATE OR REPLACE FUNCTION ${schema}.declare_restored(since timestamptz, until timestamptz) RETURNS void
  LANGUAGE plpgsql AS $$
  DECLARE
    now timestamptz := ${schema}.clock();
  BEGIN
    INSERT INTO ${schema}.restores (declared_at, since, until) VALUES (now, since, until);
    UPDATE ${schema}.deliveries SET
      fence = fence + ${fenceLeap},
      last_attempt_at = CASE WHEN state IN ('unknown', 'sending')
        OR state = 'parked' AND last_attempt_at IS NOT NULL THEN now ELSE last_attempt_at END
    WHERE state NOT IN ('registered', 'rejected');
  END $$;

  -- Processes that notice at once take turns: the first declares, the others find the timeline noted.
  CREATE OR REPLACE FUNCTION ${schema}.note_timeline(seen_position bigint) RETURNS TABLE (
    since double precision, until double precision
  ) LANGUAGE plpgsql AS $$
  DECLARE
    known record;
    current record;
    now timestamptz := ${schema}.clock();
    last_known timestamptz;
  BEGIN
    SELECT * INTO STRICT known FROM ${schema}.server_timeline FOR UPDATE;
    SELECT * INTO STRICT current FROM ${schema}.current_timeline();
    UPDATE ${schema}.server_timeline SET
      system_identifier = coalesce(current.system_identifier, known.system_identifier),
      timeline = coalesce(current.timeline, known.timeline),
      noted_at = now;
    IF coalesce(current.timeline <> known.timeline, false)
      OR coalesce(current.system_identifier <> known.system_identifier, false)
      OR coalesce(seen_position > coalesce(${schema}.newest_position(), 0), false)
    THEN
      last_known := least(now, coalesce(
        (SELECT at FROM ${schema}.journal WHERE position = ${schema}.newest_position()),
        (SELECT min(applied_at) FROM ${schema}.migrations)
      )) - ${margin};
      PERFORM ${schema}.declare_restored(last_known, now + ${repeats});
      RETURN QUERY SELECT ${schema}.milliseconds(last_known), ${schema}.milliseconds(now + ${repeats});
    END IF;
  END $$;
`;
