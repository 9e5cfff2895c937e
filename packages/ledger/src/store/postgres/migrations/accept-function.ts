import { versionPrefix } from '../../../entry/operator-action.js';
import { awaitedNumber } from './sale-functions.js';
import { functionSettings } from './schema-names.js';

/**
 * Selects the first live entry of the order that the new entry `name` is for: one with its content, or with
 * that of another version of it, before or after a resubmission; no row for none. Its order's lock guards it.
 */
export function liveTwin(schema: string, name: string): string {
  const isOfPayment = (entry: string) =>
    `${entry}.payment_id = ${name}.payment_id AND ${entry}.merchant = ${name}.merchant AND ${entry}.operation = ${name}.operation`;
  const previous = (key: string) =>
    `CASE WHEN ${key} LIKE '${versionPrefix}%' THEN substr(${key}, ${versionPrefix.length + 1}) END`;
  return `(
        WITH RECURSIVE contents (digest) AS (
          (
            SELECT ${name}.content_digest
            UNION ALL SELECT e.content_digest FROM ${schema}.entries AS e
            WHERE e.id = ${previous(`${name}.idempotency_key`)} AND e.merchant = ${name}.merchant
            UNION ALL SELECT e.content_digest FROM ${schema}.entries AS e
            WHERE ${isOfPayment('e')} AND e.document::text = ${name}.document
          )
          UNION SELECT other.content_digest FROM contents
          JOIN ${schema}.entries AS same ON ${isOfPayment('same')} AND same.content_digest = contents.digest
          CROSS JOIN LATERAL (
            SELECT e.content_digest FROM ${schema}.names AS n JOIN ${schema}.entries AS e ON e.sequence = n.sequence
            WHERE n.name = '${versionPrefix}' || same.id AND n.kind = 'key' AND n.merchant = same.merchant
            UNION ALL SELECT e.content_digest FROM ${schema}.entries AS e
            WHERE e.id = ${previous('same.idempotency_key')} AND e.merchant = same.merchant
          ) AS other
        )
        SELECT e.id, e.sequence, d.state FROM ${schema}.entries AS e
        JOIN ${schema}.deliveries AS d ON d.sequence = e.sequence
        WHERE ${isOfPayment('e')} AND e.content_digest IN (SELECT digest FROM contents) AND d.state <> 'rejected'
        ORDER BY e.sequence LIMIT 1
      )`;
}

/**
 * The one way to accept entries, for the store itself and inside any caller's transaction.
 *
 * Every name that an entry holds (its ordering key, its idempotency key, its unique keys) or waits for (the
 * sale that it depends on) is locked until the transaction ends, before anything is looked up. Hence:
 * - The look-up sees all that others have written under these names, and nobody writes more: races end in a
 *   replay or a conflict, never in an error.
 * - The sequence of an entry is drawn only when no other transaction has an uncommitted entry of the same
 *   ordering key. So no entry can appear later with a lower sequence, and what was accepted first is never
 *   overtaken.
 *
 * `patient` waits for the locks, as a caller's own transaction must. The store's shared transactions are not:
 * they would let all their members wait for one caller's open transaction. They leave such an entry out, as
 * `busy`.
 *
 * Under a fixed snapshot (repeatable read) the look-up may miss what was committed meanwhile. The unique keys
 * then end the transaction with a serialization failure, as the caller of that level expects; and an entry
 * that seems to wait for an earlier one is listed for `wake_queues`, because the end of the earlier one may
 * be what was missed. So is the sale that an entry depends on unless it is seen to be registered; the entry
 * waits until somebody has looked who sees all.
 */
export const acceptFunction = (schema: string, channel: string) => `
  CREATE FUNCTION ${schema}.name_number(kind text, merchant text, name text) RETURNS bigint
  LANGUAGE sql IMMUTABLE AS $$
    SELECT ('x' || left(encode(sha256(convert_to(
      kind || chr(31) || merchant || chr(31) || name, 'UTF8')), 'hex'), 16))::bit(64)::bigint
  $$;

  CREATE FUNCTION ${schema}.names_held(
    merchant text, ordering_key text, idempotency_key text, claims text[], sale text
  ) RETURNS SETOF bigint LANGUAGE sql IMMUTABLE AS $$
    SELECT ${schema}.name_number('order', '', ordering_key)
    UNION SELECT ${schema}.name_number('key', merchant, idempotency_key)
    UNION SELECT ${schema}.name_number('claim', merchant, name) FROM unnest(claims) AS name
    UNION SELECT ${schema}.name_number('sale', merchant, sale) WHERE sale IS NOT NULL
  $$;

  CREATE FUNCTION ${schema}.accept(documents text, patient boolean, sender text) RETURNS TABLE (
    place integer, kind text, id text, "over" text,
    sequence double precision, accepted_at double precision, due_at double precision, held boolean
  ) LANGUAGE plpgsql ${functionSettings} AS $$
  #variable_conflict use_column
  DECLARE
    entry record;
    holder record;
    locked boolean;
    entry_queue bigint;
    now timestamptz;
    due timestamptz;
    sale text;
    awaited bigint;
    added bigint;
    all_added bigint[] := '{}';
    all_held bigint[] := '{}';
  BEGIN
    IF patient THEN
      -- In one order, so that callers with several entries don't wait for each other in a circle.
      PERFORM pg_advisory_xact_lock(number) FROM (
        SELECT DISTINCT number
        FROM json_to_recordset(documents::json)
          AS new (
            merchant text, ordering_key text, idempotency_key text, claims text[], depends_on text, payment_id text
          ),
          ${schema}.names_held(
            new.merchant, new.ordering_key, new.idempotency_key, new.claims, new.depends_on || ':' || new.payment_id
          ) AS number
        ORDER BY number
      ) AS names;
    END IF;

    FOR entry IN
      SELECT new.*, (row_number() OVER ())::integer AS place FROM json_to_recordset(documents::json) AS new (
        id text, merchant text, provider text, account text, operation text, idempotency_key text, content_digest text,
        claims text[], ordering_key text, payment_id text, operation_type text, total_minor bigint,
        position_names text[], document text, reference text, business_time timestamptz, body text, depends_on text,
        details text, on_twin text
      )
    LOOP
      place := entry.place;
      id := entry.id;
      "over" := NULL; sequence := NULL; accepted_at := NULL; due_at := NULL; held := NULL;

      SELECT bool_and(pg_try_advisory_xact_lock(number)) INTO locked
      FROM ${schema}.names_held(
        entry.merchant, entry.ordering_key, entry.idempotency_key, entry.claims, entry.depends_on || ':' || entry.payment_id
      ) AS number;
      IF NOT locked THEN
        kind := 'busy';
        RETURN NEXT;
        CONTINUE;
      END IF;

      SELECT held.* INTO holder
      FROM (
        SELECT 0 AS rank, 'key' AS kind, entry.idempotency_key AS name
        UNION ALL
        SELECT claim.rank, 'claim', claim.name FROM unnest(entry.claims) WITH ORDINALITY AS claim (name, rank)
      ) AS asked
      CROSS JOIN LATERAL (
        SELECT CASE WHEN n.kind = 'key' THEN 'idempotency-key' ELSE n.name END AS over,
          e.id, e.sequence, e.content_digest = entry.content_digest
            OR e.operation = entry.operation AND e.document::text = entry.document AS is_same
        FROM ${schema}.names AS n JOIN ${schema}.entries AS e ON e.sequence = n.sequence
        WHERE n.name = asked.name AND n.kind = asked.kind AND n.merchant = entry.merchant
        OFFSET 0
      ) AS held
      ORDER BY asked.rank = 0 DESC, held.is_same DESC, asked.rank LIMIT 1;
      IF FOUND THEN
        kind := CASE WHEN holder.is_same THEN 'replayed' ELSE 'conflict' END;
        id := holder.id;
        "over" := CASE WHEN kind = 'conflict' THEN holder.over END;
        sequence := holder.sequence;
        RETURN NEXT;
        CONTINUE;
      END IF;

      IF entry.on_twin IS NOT NULL THEN
        SELECT twin.* INTO holder FROM ${liveTwin(schema, 'entry')} AS twin;
        IF FOUND THEN
          kind := CASE entry.on_twin WHEN 'replay' THEN 'replayed' ELSE 'twin' END;
          id := holder.id;
          "over" := CASE WHEN kind = 'twin' THEN holder.state END;
          sequence := holder.sequence;
          RETURN NEXT;
          CONTINUE;
        END IF;
      END IF;

      now := ${schema}.clock();
      entry_queue := ${schema}.name_number('order', '', entry.ordering_key);
      due := CASE WHEN EXISTS (
        SELECT FROM ${schema}.deliveries AS d
        WHERE d.queue = entry_queue AND d.state NOT IN ('registered', 'rejected') AND d.awaits IS NULL
      ) THEN NULL ELSE now END;
      awaited := NULL;
      held := false;
      IF entry.depends_on IS NOT NULL THEN
        sale := ${schema}.sale_state(entry.merchant, entry.payment_id, entry.operation_type, entry.depends_on);
        IF current_setting('transaction_isolation') <> 'read committed' AND sale IS DISTINCT FROM 'registered' THEN
          sale := 'open';
        END IF;
        IF sale IN ('open', 'rejected') THEN
          awaited := ${awaitedNumber(schema, 'entry')};
          due := NULL;
          held := sale = 'rejected';
        END IF;
      END IF;

      INSERT INTO ${schema}.entries (
        id, merchant, provider, operation, idempotency_key, content_digest, claims, ordering_key, payment_id,
        operation_type, total_minor, position_names, document, reference, business_time, body, depends_on, accepted_at
      ) VALUES (
        entry.id, entry.merchant, entry.provider, entry.operation, entry.idempotency_key, entry.content_digest,
        to_json(entry.claims), entry.ordering_key, entry.payment_id, entry.operation_type, entry.total_minor,
        entry.position_names, entry.document::json, entry.reference, entry.business_time,
        decode(entry.body, 'base64'), entry.depends_on, now
      ) RETURNING entries.sequence INTO STRICT added;

      INSERT INTO ${schema}.names (name, kind, merchant, sequence)
      SELECT entry.idempotency_key, 'key', entry.merchant, added
      UNION SELECT claim, 'claim', entry.merchant, added FROM unnest(entry.claims) AS claim
      ON CONFLICT DO NOTHING;

      WITH noted AS (
        INSERT INTO ${schema}.journal (entry_id, version, at, from_state, to_state, details, hash)
        VALUES (entry.id, 1, now, NULL, 'accepted', entry.details,
          ${schema}.journal_hash(entry.id, 1, now, NULL, 'accepted', entry.details, NULL))
        RETURNING hash
      )
      INSERT INTO ${schema}.deliveries (
        sequence, provider, account, merchant, queue, accepted_at, state, changed_at, due_at, fence, attempts, failures,
        outage, awaits, version, hash
      ) SELECT added, entry.provider, entry.account, entry.merchant, entry_queue, now, 'accepted', now, due, 0, 0, 0,
        false, awaited, 1, noted.hash FROM noted;

      IF due IS NULL AND current_setting('transaction_isolation') <> 'read committed' THEN
        INSERT INTO ${schema}.unseen_queues (queue)
        SELECT queue FROM unnest(ARRAY[entry_queue, awaited]) AS queue WHERE queue IS NOT NULL;
      END IF;

      all_added := all_added || added;
      IF held THEN all_held := all_held || added; END IF;
      kind := 'accepted';
      sequence := added;
      accepted_at := ${schema}.milliseconds(now);
      due_at := ${schema}.milliseconds(due);
      RETURN NEXT;
    END LOOP;

    PERFORM ${schema}.announce(all_added, 'accepted', now);
    IF cardinality(all_held) > 0 THEN PERFORM ${schema}.hold(all_held, now); END IF;
    -- Also for an entry that waits: the one before it may have ended while this transaction was open.
    IF cardinality(all_added) > 0 THEN PERFORM pg_notify('${channel}', sender); END IF;
  END $$;
`;
