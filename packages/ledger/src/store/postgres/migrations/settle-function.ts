import { isFirst, noneIsBegun } from './claim-function.js';
import { saleNumber } from './sale-functions.js';
import { functionSettings } from './schema-names.js';

/**
 * What follows when entries have become final: unique keys released, handlers notified, dependents reviewed,
 * the next entries made due. It reads `registered` and `rejected`, the sequences of those entries, and
 * `ended`, the numbers of their queues and of the sales that they are; `ready` is its own, and `held_behind`
 * what is held from now on.
 */
const afterTheEnd = (schema: string) => `IF rejected IS NOT NULL THEN
      DELETE FROM ${schema}.names WHERE kind = 'claim' AND sequence = ANY (rejected);
    END IF;
    PERFORM ${schema}.announce(registered, 'registered', now);
    PERFORM ${schema}.announce(rejected, 'rejected', now);

    IF ended IS NOT NULL THEN
      WITH tried AS MATERIALIZED (
        SELECT queue, pg_try_advisory_xact_lock(queue) AS locked FROM unnest(ended) AS queue WHERE queue IS NOT NULL
      ), unseen AS (
        INSERT INTO ${schema}.unseen_queues (queue) SELECT queue FROM tried WHERE NOT locked
      )
      SELECT array_agg(queue) FILTER (WHERE locked) INTO ready FROM tried;
      held_behind := ${schema}.wake_queues(ready, now);
    END IF;
`;

/**
 * Writes results under their fences, and answers the entries that it wrote, and those that are held from now
 * on; what is missing had lost its lease. The details of a result come without the worker, whom only the row
 * knows: `worker` is their last name in canonical order, so it is put in before the brace.
 */
export const settleFunction = (schema: string) => `
  CREATE FUNCTION ${schema}.settle(results text) RETURNS SETOF ${schema}.entry_rows
  LANGUAGE plpgsql ${functionSettings} AS $$
  DECLARE
    now timestamptz := ${schema}.clock();
    written bigint[];
    registered bigint[];
    rejected bigint[];
    ended bigint[];
    ready bigint[];
    held_behind bigint[];
  BEGIN
    WITH held AS MATERIALIZED (
      SELECT result.*, d.sequence, d.state, d.hash, d.version + 1 AS version,
        result.to_state <> d.state OR result.reason_code IS DISTINCT FROM d.reason_code
          OR coalesce(result.provider_document_id, d.provider_document_id) IS DISTINCT FROM d.provider_document_id
          AS is_news,
        ${saleNumber(schema, 'e')} AS sale,
        left(result.details, -1) || ',"worker":' || to_json(d.worker)::text || '}' AS signed_details
      FROM json_to_recordset(results::json) AS result (
        id text, fence bigint, to_state text, due_in_ms double precision, failures integer,
        provider_document_id text, registration text, reason text, reason_code text, outage boolean, details text
      )
      JOIN ${schema}.entries AS e ON e.id = result.id
      JOIN ${schema}.deliveries AS d ON d.sequence = e.sequence AND d.fence = result.fence AND d.worker IS NOT NULL
      ORDER BY d.sequence
      FOR UPDATE OF d
    ), changed AS (
      UPDATE ${schema}.deliveries AS d SET
        state = held.to_state,
        changed_at = CASE WHEN held.to_state = d.state THEN d.changed_at ELSE now END,
        due_at = date_trunc('milliseconds', now + ceil(held.due_in_ms) * interval '1 millisecond'),
        worker = NULL,
        failures = held.failures,
        provider_document_id = coalesce(held.provider_document_id, d.provider_document_id),
        registration = held.registration::json,
        reason = held.reason::json,
        reason_code = held.reason_code,
        outage = held.outage,
        version = CASE WHEN held.is_news THEN held.version ELSE d.version END,
        hash = CASE WHEN held.is_news THEN ${schema}.journal_hash(
          held.id, held.version, now, held.state, held.to_state, held.signed_details, held.hash) ELSE d.hash END
      FROM held WHERE d.sequence = held.sequence
      RETURNING d.sequence, d.provider, d.queue, held.sale, d.state, d.hash
    ), journalled AS (
      INSERT INTO ${schema}.journal (entry_id, version, at, from_state, to_state, details, hash)
      SELECT held.id, held.version, now, held.state, held.to_state, held.signed_details, changed.hash
      FROM held JOIN changed ON changed.sequence = held.sequence WHERE held.is_news
    ), counted AS (
      INSERT INTO ${schema}.finished AS f (provider, state, connection, entries)
      SELECT provider, state, pg_backend_pid(), count(*) FROM changed
      WHERE state IN ('registered', 'rejected') GROUP BY provider, state
      ON CONFLICT (provider, state, connection) DO UPDATE SET entries = f.entries + excluded.entries
    )
    SELECT array_agg(sequence), array_agg(sequence) FILTER (WHERE state = 'registered'),
      array_agg(sequence) FILTER (WHERE state = 'rejected'),
      array_agg(queue) FILTER (WHERE state IN ('registered', 'rejected'))
        || array_agg(sale) FILTER (WHERE state IN ('registered', 'rejected'))
    INTO written, registered, rejected, ended FROM changed;

    ${afterTheEnd(schema)}

    RETURN QUERY SELECT * FROM ${schema}.entry_rows WHERE raw_sequence = ANY (written || held_behind);
  END $$;
`;

/**
 * Writes what a person decided on one version of an entry, unless a worker holds it; answers the entry, and
 * those that are held from now on, or nothing.
 *
 * The entry before it may end at the same time, unseen. So when the entry is to wait for that one, its queue
 * is listed as unseen: see the functions settle and wake_queues. What waits for a sale, and is let go by
 * nobody, is looked at as after the end of that sale.
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
      details text, account text
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
      account = coalesce(decided.account, d.account),
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
