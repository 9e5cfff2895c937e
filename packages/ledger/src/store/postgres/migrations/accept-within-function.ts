import { functionSettings } from './schema-names.js';

/**
 * Accepts within a caller's transaction, waiting for other transactions that hold the same names for
 * `wait_ms` at most, or for the caller's own `lock_timeout` if that is shorter. Past that it answers `busy`,
 * holds none of the names, and leaves the transaction fit for use and its settings as they were.
 *
 * A snapshot that is older than the lock of the payment shows no twin that was committed in between. So what
 * is accepted here leaves its content under a unique key, which no snapshot hides: another transaction that
 * would leave the same ends with a serialization failure.
 *
 * `fiscalkit.within` tells the triggers of the tables whose transaction it is.
 */
export const acceptWithinFunction = (schema: string) => `
  CREATE OR REPLACE FUNCTION ${schema}.hold_names(documents text, wait_ms double precision) RETURNS boolean
  LANGUAGE plpgsql SET lock_timeout = 0 AS $$
  DECLARE
    deadline timestamptz := clock_timestamp() + wait_ms * interval '1 millisecond';
    held bigint;
    left_ms double precision;
  BEGIN
    -- In one order, so that callers with several entries don't wait for each other in a circle.
    FOR held IN
      SELECT DISTINCT number
      FROM json_to_recordset(documents::json)
        AS new (
          merchant text, ordering_key text, idempotency_key text, claims text[], depends_on text, payment_id text
        ),
        ${schema}.names_held(
          new.merchant, new.ordering_key, new.idempotency_key, new.claims, new.depends_on || ':' || new.payment_id
        ) AS number
      ORDER BY number
    LOOP
      IF NOT pg_try_advisory_xact_lock(held) THEN
        left_ms := ${schema}.milliseconds(deadline) - ${schema}.milliseconds(clock_timestamp());
        IF left_ms < 1 THEN RAISE lock_not_available; END IF;
        PERFORM set_config('lock_timeout', ceil(left_ms)::text, true);
        PERFORM pg_advisory_xact_lock(held);
      END IF;
    END LOOP;
    RETURN true;
  EXCEPTION WHEN lock_not_available THEN
    RETURN false;
  END $$;

  CREATE OR REPLACE FUNCTION ${schema}.leave_contents(documents text) RETURNS void LANGUAGE sql ${functionSettings} AS $$
    INSERT INTO ${schema}.names (name, kind, merchant, sequence)
    SELECT DISTINCT ON (new.merchant, new.operation, content.name)
      new.operation || ':' || content.name, 'content', new.merchant, e.sequence
    FROM json_to_recordset(documents::json) AS new (id text, merchant text, operation text, content_digest text)
    JOIN ${schema}.entries AS e ON e.id = new.id
    CROSS JOIN LATERAL (VALUES
      (new.content_digest),
      ('document:' || encode(sha256(convert_to(e.document::text, 'UTF8')), 'hex'))
    ) AS content (name)
    ORDER BY new.merchant, new.operation, content.name, e.sequence
    ON CONFLICT (name, kind, merchant) DO UPDATE SET sequence = excluded.sequence
  $$;

  CREATE OR REPLACE FUNCTION ${schema}.accept_within(document text, wait_ms double precision) RETURNS TABLE (
    place integer, kind text, id text, "over" text,
    sequence double precision, accepted_at double precision, due_at double precision, held boolean
  ) LANGUAGE plpgsql AS $$
  DECLARE
    own_ms double precision := extract(epoch FROM current_setting('lock_timeout')::interval) * 1000;
  BEGIN
    IF NOT ${schema}.hold_names(document, CASE WHEN own_ms > 0 THEN least(own_ms, wait_ms) ELSE wait_ms END) THEN
      kind := 'busy';
      RETURN NEXT;
      RETURN;
    END IF;
    PERFORM set_config('fiscalkit.within', 'on', true);
    RETURN QUERY SELECT accepted.place, accepted.kind, accepted.id, accepted."over",
      accepted.sequence, accepted.accepted_at, accepted.due_at, accepted.held
    FROM ${schema}.accept(document, true, '') AS accepted;
    PERFORM ${schema}.leave_contents(document);
    PERFORM set_config('fiscalkit.within', '', true);
  END $$;
`;
