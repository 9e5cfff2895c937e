/**
 * Writes what a person decided on one version of an entry, unless a worker holds it or its batch has acted on it;
 * answers the entry, and those that are held from now on, or nothing.
 *
 * The entry before it may end at the same time, unseen. So when the entry is to wait for that one, its queue
 * is listed as unseen: see the functions settle and wake_queues. What waits for a sale, and is let go by
 * nobody, is looked at as after the end of that sale.
 */
export const interveneFunction = `
  CREATE FUNCTION fiscalkit.intervene(decision text, sender text) RETURNS SETOF fiscalkit.entry_rows
  LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan AS $$
  DECLARE
    now bigint := fiscalkit.clock();
    decided record;
    before record;
    due bigint;
    waits_for bigint;
    new_hash bytea;
    registered bigint[];
    rejected bigint[];
    ended bigint[];
    held_behind bigint[];
  BEGIN
    SELECT * INTO STRICT decided FROM json_to_record(decision::json) AS decided (
      id text, version integer, to_state fiscalkit.entry_state, due_in_ms double precision, failures integer,
      provider_document_id text, registration text, reason text, reason_code text, outage boolean, released boolean,
      details text, account text, batch uuid
    );
    SELECT d.*, e.sale, d.last_attempt_at IS NOT NULL
      OR NOT EXISTS (
        SELECT FROM fiscalkit.deliveries AS earlier
        WHERE earlier.queue = d.queue AND earlier.sequence < d.sequence
        AND NOT earlier.is_final AND earlier.awaits IS NULL
      ) AND (e.depends_on IS NULL OR NOT EXISTS (
        SELECT FROM fiscalkit.deliveries AS other
        WHERE other.queue = d.queue AND other.sequence <> d.sequence
        AND NOT other.is_final AND other.last_attempt_at IS NOT NULL
      )) AS is_first
    INTO before
    FROM fiscalkit.entries AS e JOIN fiscalkit.deliveries AS d ON d.sequence = e.sequence
    WHERE e.id = decided.id AND d.version = decided.version AND (d.lease_until IS NULL OR d.lease_until <= now)
    FOR UPDATE OF d;
    IF NOT FOUND THEN RETURN; END IF;
    IF decided.batch IS NOT NULL THEN
      INSERT INTO fiscalkit.batch_entries VALUES (decided.batch, before.sequence) ON CONFLICT DO NOTHING;
      IF NOT FOUND THEN RETURN; END IF;
    END IF;

    due := now + ceil(decided.due_in_ms)::bigint;
    waits_for := CASE
      WHEN NOT decided.released AND decided.to_state NOT IN ('registered', 'rejected') THEN before.awaits
    END;
    IF decided.to_state = 'accepted' AND waits_for IS NOT NULL THEN
      due := NULL;
      ended := ARRAY[waits_for];
    ELSIF decided.to_state = 'accepted' AND NOT before.is_first THEN
      due := NULL;
      INSERT INTO fiscalkit.unseen_queues (queue) VALUES (before.queue);
    END IF;

    new_hash := fiscalkit.journal_hash(
      decided.id, before.version + 1, now, before.state, decided.to_state, decided.details, before.hash);
    INSERT INTO fiscalkit.journal (entry_id, version, at, from_state, to_state, details, hash)
    VALUES (decided.id, before.version + 1, now, before.state, decided.to_state, decided.details, new_hash);
    UPDATE fiscalkit.deliveries AS d SET
      account = coalesce(decided.account, d.account),
      state = decided.to_state,
      changed_at = CASE WHEN decided.to_state = d.state THEN d.changed_at ELSE now END,
      due_at = due,
      lease_until = NULL,
      worker = NULL,
      fence = d.fence + 1,
      failures = decided.failures,
      provider_document_id = coalesce(decided.provider_document_id, d.provider_document_id),
      reason = decided.reason::json,
      reason_code = decided.reason_code,
      outage = decided.outage,
      awaits = waits_for,
      version = before.version + 1,
      hash = new_hash
    WHERE d.sequence = before.sequence;
    IF decided.registration IS NOT NULL THEN
      INSERT INTO fiscalkit.registrations (sequence, registration) VALUES (before.sequence, decided.registration);
    END IF;

    IF decided.to_state IN ('registered', 'rejected') AND before.state <> decided.to_state THEN
      INSERT INTO fiscalkit.finished AS f (provider, state, connection, entries)
      VALUES (before.provider, decided.to_state, pg_backend_pid(), 1)
      ON CONFLICT (provider, state, connection) DO UPDATE SET entries = f.entries + excluded.entries;
      ended := ARRAY[before.queue, before.sale];
      IF decided.to_state = 'rejected' THEN rejected := ARRAY[before.sequence];
      ELSE registered := ARRAY[before.sequence]; END IF;
    END IF;
    held_behind := fiscalkit.after_end(registered, rejected, ended, now);
    PERFORM pg_notify('fiscalkit_accepted', sender);
    RETURN QUERY SELECT * FROM fiscalkit.entry_rows WHERE raw_sequence = ANY (before.sequence || held_behind);
  END $$;
`;
