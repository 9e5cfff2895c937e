import { functionSettings } from './function-settings.js';
import { saleNumber } from './sale-functions.js';
import { afterTheEnd } from './settle-function.js';
import { isFirst, noneIsBegun } from './waits-for-none.js';

/**
 * Writes what a person decided on one version of an entry, unless a worker holds it; answers the entry, and those that are held
 * from now on, or nothing.
 *
 * The entry before it may end at the same time, unseen. So when the entry is to wait for that one, its queue is listed as
 * unseen: see the functions settle and wake_queues. What waits for a sale, and is let go by nobody, is looked at as after the
 * end of that sale.
 */
export const interveneFunction = (schema: string, channel: string) => `
  CREATE FUNCTION ${schema}.intervene(decision text, sender text) RETURNS SETOF ${schema}.entry_rows
  LANGUAGE plpgsql ${functionSettings} AS $$
  DECLARE
    now timestamptz := ${schema}.clock();
    decided record;
    before record;
    due timestamptz;
    awaited bigint;
    new_hash text;
    registered bigint[];
    rejected bigint[];
    ended bigint[];
    ready bigint[];
    held_behind bigint[];
  BEGIN
    SELECT * INTO STRICT decided FROM json_to_record(decision::json) AS decided (
      id text, version integer, to_state text, due_in_ms double precision, failures integer,
      provider_document_id text, registration text, reason text, reason_code text, outage boolean, released boolean,
      details text
    );
    SELECT d.*, ${saleNumber(schema, 'e')} AS sale, d.last_attempt_at IS NOT NULL
      OR ${isFirst(schema)} AND (e.depends_on IS NULL OR ${noneIsBegun(schema)}) AS is_first
    INTO before
    FROM ${schema}.entries AS e JOIN ${schema}.deliveries AS d ON d.sequence = e.sequence
    WHERE e.id = decided.id AND d.version = decided.version AND (d.worker IS NULL OR d.due_at <= now)
    FOR UPDATE OF d;
    IF NOT FOUND THEN RETURN; END IF;

    due := date_trunc('milliseconds', now + ceil(decided.due_in_ms) * interval '1 millisecond');
    awaited := CASE WHEN NOT decided.released AND decided.to_state NOT IN ('registered', 'rejected') THEN before.awaits END;
    IF decided.to_state = 'accepted' AND awaited IS NOT NULL THEN
      due := NULL;
      ended := ARRAY[awaited];
    ELSIF decided.to_state = 'accepted' AND NOT before.is_first THEN
      due := NULL;
      INSERT INTO ${schema}.unseen_queues (queue) VALUES (before.queue);
    END IF;

    new_hash := ${schema}.journal_hash(
      decided.id, before.version + 1, now, before.state, decided.to_state, decided.details, before.hash);
    INSERT INTO ${schema}.journal (entry_id, version, at, from_state, to_state, details, hash)
    VALUES (decided.id, before.version + 1, now, before.state, decided.to_state, decided.details, new_hash);
    UPDATE ${schema}.deliveries AS d SET
      state = decided.to_state,
      changed_at = CASE WHEN decided.to_state = d.state THEN d.changed_at ELSE now END,
      due_at = due,
      worker = NULL,
      fence = d.fence + 1,
      failures = decided.failures,
      provider_document_id = coalesce(decided.provider_document_id, d.provider_document_id),
      registration = decided.registration::json,
      reason = decided.reason::json,
      reason_code = decided.reason_code,
      outage = decided.outage,
      awaits = awaited,
      version = before.version + 1,
      hash = new_hash
    WHERE d.sequence = before.sequence;

    IF decided.to_state IN ('registered', 'rejected') AND before.state <> decided.to_state THEN
      INSERT INTO ${schema}.finished AS f (provider, state, connection, entries)
      VALUES (before.provider, decided.to_state, pg_backend_pid(), 1)
      ON CONFLICT (provider, state, connection) DO UPDATE SET entries = f.entries + excluded.entries;
      ended := ARRAY[before.queue, before.sale];
      IF decided.to_state = 'rejected' THEN rejected := ARRAY[before.sequence];
      ELSE registered := ARRAY[before.sequence]; END IF;
    END IF;
    ${afterTheEnd(schema)}
    PERFORM pg_notify('${channel}', sender);
    RETURN QUERY SELECT * FROM ${schema}.entry_rows WHERE raw_sequence = ANY (before.sequence || held_behind);
  END $$;
`;
