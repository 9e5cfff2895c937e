/**
 * Writes results under their fences, and answers how those deliveries are now, each with the place of its
 * result, and without one those that are held from now on; what is missing had lost its lease. The details of
 * a result come without the worker, whom only the row knows: `worker` is their last name in canonical order,
 * so it is put in before the brace.
 */
export const settleFunction = `
  CREATE FUNCTION fiscalkit.settle(
    ids text[], fences bigint[], to_states fiscalkit.entry_state[], due_in_ms double precision[], all_failures integer[],
    provider_document_ids text[], registrations text[], reasons text[], reason_codes text[], outages boolean[],
    all_unsent boolean[], reissues text[], all_details text[]
  ) RETURNS TABLE (
    place integer, sequence double precision, account text, state text, changed_at double precision,
    due_at double precision, worker text, fence double precision, attempts integer, failures integer,
    first_attempt_at double precision, last_attempt_at double precision, provider_document_id text,
    reason text, version integer, hash text
  ) LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan AS $$
  #variable_conflict use_column
  DECLARE
    now bigint := fiscalkit.clock();
    written bigint[];
    places integer[];
    all_registered bigint[];
    all_rejected bigint[];
    ended bigint[];
    held_behind bigint[];
  BEGIN
    WITH held AS MATERIALIZED (
      SELECT result.*, d.sequence, e.sale, d.state, d.hash, d.version + 1 AS version,
        result.to_state <> d.state OR result.reason_code IS DISTINCT FROM d.reason_code
          OR coalesce(result.provider_document_id, d.provider_document_id) IS DISTINCT FROM d.provider_document_id
          AS is_news,
        left(result.details, -1) || ',"worker":' || to_json(d.worker)::text || '}' AS signed_details
      FROM unnest(
        ids, fences, to_states, due_in_ms, all_failures, provider_document_ids, registrations, reasons, reason_codes,
        outages, all_unsent, reissues, all_details
      ) WITH ORDINALITY AS result (
        id, fence, to_state, due_in_ms, failures, provider_document_id, registration, reason, reason_code,
        outage, unsent, reissue, details, place
      )
      JOIN fiscalkit.entries AS e ON e.id = result.id
      JOIN fiscalkit.deliveries AS d ON d.sequence = e.sequence AND d.fence = result.fence AND d.worker IS NOT NULL
      ORDER BY d.sequence
      FOR UPDATE OF d
    ), changed AS (
      UPDATE fiscalkit.deliveries AS d SET
        state = held.to_state,
        changed_at = CASE WHEN held.to_state = d.state THEN d.changed_at ELSE now END,
        due_at = now + ceil(held.due_in_ms)::bigint,
        lease_until = NULL,
        worker = NULL,
        failures = held.failures,
        first_attempt_at = CASE WHEN held.unsent THEN NULL ELSE d.first_attempt_at END,
        provider_document_id = CASE WHEN held.reissue IS NULL
          THEN coalesce(held.provider_document_id, d.provider_document_id) END,
        reason = held.reason::json,
        reason_code = held.reason_code,
        outage = held.outage,
        version = CASE WHEN held.is_news THEN held.version ELSE d.version END,
        hash = CASE WHEN held.is_news THEN fiscalkit.journal_hash(
          held.id, held.version, now, held.state, held.to_state, held.signed_details, held.hash) ELSE d.hash END
      FROM held WHERE d.sequence = held.sequence
      RETURNING held.place, held.id, held.is_news, held.state AS state_before, held.signed_details, held.sale,
        d.sequence, d.provider, d.queue, d.state, d.version, d.hash
    ), journalled AS (
      INSERT INTO fiscalkit.journal (entry_id, version, at, from_state, to_state, details, hash)
      SELECT id, version, now, state_before, state, signed_details, hash FROM changed WHERE is_news
    ), registered AS (
      INSERT INTO fiscalkit.registrations (sequence, registration)
      SELECT sequence, registration FROM held WHERE registration IS NOT NULL
    ), freed AS (
      DELETE FROM fiscalkit.held_places AS h USING changed WHERE h.sequence = changed.sequence
    ), reissued AS (
      INSERT INTO fiscalkit.reissues (sequence, number, request)
      SELECT sequence, (reissue::json ->> 'number')::integer, reissue FROM held WHERE reissue IS NOT NULL
    ), counted AS (
      INSERT INTO fiscalkit.finished AS f (provider, state, connection, entries)
      SELECT provider, state, pg_backend_pid(), count(*) FROM changed
      WHERE state IN ('registered', 'rejected') GROUP BY provider, state
      ON CONFLICT (provider, state, connection) DO UPDATE SET entries = f.entries + excluded.entries
    )
    SELECT array_agg(sequence), array_agg(place), array_agg(sequence) FILTER (WHERE state = 'registered'),
      array_agg(sequence) FILTER (WHERE state = 'rejected'),
      array_agg(queue) FILTER (WHERE state IN ('registered', 'rejected'))
        || array_agg(sale) FILTER (WHERE state IN ('registered', 'rejected'))
    INTO written, places, all_registered, all_rejected, ended FROM changed;

    held_behind := fiscalkit.after_end(all_registered, all_rejected, ended, now);

    RETURN QUERY SELECT now_written.place, d.sequence::double precision, d.account, d.state::text,
      d.changed_at::double precision, d.due_at::double precision, d.worker, d.fence::double precision, d.attempts,
      d.failures, d.first_attempt_at::double precision, d.last_attempt_at::double precision, d.provider_document_id,
      d.reason::text, d.version, encode(d.hash, 'hex')
    FROM unnest(written || held_behind, places) AS now_written (sequence, place)
    JOIN fiscalkit.deliveries AS d ON d.sequence = now_written.sequence;
  END $$;
`;
