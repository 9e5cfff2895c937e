import { heldDetails, saleRejectedReason } from '../../../entry/sale-dependency.js';
import { awaitedNumber } from './sale-functions.js';
import { functionSettings } from './schema-names.js';

const answer = `
    place integer, kind text, id text, "over" text,
    sequence double precision, accepted_at double precision, due_at double precision, held boolean`;

const heldHash = (schema: string) =>
  `${schema}.journal_hash(id, 2, now, 'accepted', 'accepted', '${heldDetails}', hash)`;

/**
 * Accepts a group of entries with one statement per table instead of several per entry. That is for the plain
 * case, which nearly all groups are: no two entries share a name, all names are free, none is held, none has
 * a twin, nor a payment of which something was rejected, as the correction of that would be a twin. Of any
 * other group it stores nothing and answers no rows; `accept_each`, the rule for all cases, then takes its
 * entries one by one. Names are locked and looked up as there; a lock is not waited for, and may be taken
 * twice. `OFFSET 0` and `LIMIT 1` keep each look-up to itself: a plan that was made while the tables were
 * empty would read all names and all that waits instead.
 */
const acceptTogether = (schema: string, channel: string) => `
  CREATE FUNCTION ${schema}.accept_together(documents text, sender text) RETURNS TABLE (${answer}
  ) LANGUAGE plpgsql ${functionSettings} AS $$
  #variable_conflict use_column
  DECLARE
    group_size bigint;
    is_plain boolean;
    now timestamptz;
    sequences bigint[];
    all_held bigint[];
  BEGIN
    SELECT max(new.place), bool_and(pg_try_advisory_xact_lock(number)) AND count(*) = count(DISTINCT number)
    INTO group_size, is_plain
    FROM ROWS FROM (json_to_recordset(documents::json) AS (
        merchant text, ordering_key text, idempotency_key text, claims text[], depends_on text, payment_id text
      )) WITH ORDINALITY AS new (merchant, ordering_key, idempotency_key, claims, depends_on, payment_id, place),
      ${schema}.names_held(
        new.merchant, new.ordering_key, new.idempotency_key, new.claims, new.depends_on || ':' || new.payment_id
      ) AS number;
    IF is_plain IS NOT TRUE THEN RETURN; END IF;

    -- Only this statement's snapshot is younger than the locks.
    IF EXISTS (
      SELECT FROM json_to_recordset(documents::json) AS new (merchant text, idempotency_key text, claims text[])
      CROSS JOIN LATERAL (
        SELECT 'key' AS kind, new.idempotency_key AS name
        UNION ALL SELECT 'claim', claim FROM unnest(new.claims) AS claim
      ) AS asked
      CROSS JOIN LATERAL (
        SELECT FROM ${schema}.names AS n
        WHERE n.name = asked.name AND n.kind = asked.kind AND n.merchant = new.merchant
        OFFSET 0
      ) AS held
    ) OR EXISTS (
      SELECT FROM json_to_recordset(documents::json) AS new (
        merchant text, operation text, content_digest text, payment_id text, document text, on_twin text
      ) CROSS JOIN LATERAL (
        SELECT FROM ${schema}.entries AS e JOIN ${schema}.deliveries AS d ON d.sequence = e.sequence
        WHERE e.payment_id = new.payment_id AND e.merchant = new.merchant AND e.operation = new.operation
        AND (e.content_digest = new.content_digest OR d.state = 'rejected' OR e.document::text = new.document)
        LIMIT 1
      ) AS perhaps WHERE new.on_twin IS NOT NULL
    ) THEN RETURN; END IF;

    now := ${schema}.clock();
    sequences := ARRAY(SELECT nextval('${schema}.entries_sequence_seq') FROM generate_series(1, group_size));
    RETURN QUERY WITH new AS MATERIALIZED (
      SELECT given.*, sequences[given.place] AS sequence, queue,
        ${schema}.journal_hash(given.id, 1, now, NULL, 'accepted', given.details, NULL) AS hash,
        CASE WHEN sale IN ('open', 'rejected') THEN ${awaitedNumber(schema, 'given')} END AS awaits,
        sale IS NOT DISTINCT FROM 'rejected' AS held,
        CASE WHEN sale IN ('open', 'rejected') OR (
          SELECT true FROM ${schema}.deliveries AS d
          WHERE d.queue = numbered.queue AND d.state NOT IN ('registered', 'rejected') AND d.awaits IS NULL
          ORDER BY d.sequence LIMIT 1
        ) THEN NULL ELSE now END AS due_at
      FROM ROWS FROM (json_to_recordset(documents::json) AS (
        id text, merchant text, provider text, account text, operation text, idempotency_key text, content_digest text,
        claims text[], ordering_key text, payment_id text, operation_type text, total_minor bigint,
        position_names text[], document text, reference text, business_time timestamptz, body text, depends_on text,
        details text
      )) WITH ORDINALITY AS given (
        id, merchant, provider, account, operation, idempotency_key, content_digest,
        claims, ordering_key, payment_id, operation_type, total_minor,
        position_names, document, reference, business_time, body, depends_on, details, place
      )
      CROSS JOIN LATERAL ${schema}.name_number('order', '', given.ordering_key) AS numbered (queue)
      CROSS JOIN LATERAL (
        SELECT CASE WHEN given.depends_on IS NOT NULL THEN
          ${schema}.sale_state(given.merchant, given.payment_id, given.operation_type, given.depends_on)
        END AS sale
        OFFSET 0
      ) AS depended
    ), stored AS (
      INSERT INTO ${schema}.entries (
        sequence, id, merchant, provider, operation, idempotency_key, content_digest, claims, ordering_key, payment_id,
        operation_type, total_minor, position_names, document, reference, business_time, body, depends_on, accepted_at
      ) OVERRIDING SYSTEM VALUE
      SELECT sequence, id, merchant, provider, operation, idempotency_key, content_digest, to_json(claims),
        ordering_key, payment_id, operation_type, total_minor, position_names, document::json, reference, business_time,
        decode(body, 'base64'), depends_on, now
      FROM new
    ), named AS (
      INSERT INTO ${schema}.names (name, kind, merchant, sequence)
      SELECT idempotency_key, 'key', merchant, sequence FROM new
      UNION SELECT claim, 'claim', merchant, sequence FROM new, unnest(claims) AS claim
    ), noted AS (
      INSERT INTO ${schema}.journal (entry_id, version, at, from_state, to_state, details, hash)
      SELECT id, 1, now, NULL, 'accepted', details, hash FROM new
      UNION ALL SELECT id, 2, now, 'accepted', 'accepted', '${heldDetails}', ${heldHash(schema)} FROM new WHERE held
    ), queued AS (
      INSERT INTO ${schema}.deliveries (
        sequence, provider, account, merchant, queue, accepted_at, state, changed_at, due_at, fence, attempts, failures,
        outage, awaits, reason, reason_code, version, hash
      ) SELECT sequence, provider, account, merchant, queue, now, 'accepted', now, due_at, 0, 0, 0, false, awaits,
        CASE WHEN held THEN '${JSON.stringify(saleRejectedReason)}'::json END,
        CASE WHEN held THEN '${saleRejectedReason.code}' END,
        CASE WHEN held THEN 2 ELSE 1 END,
        CASE WHEN held THEN ${heldHash(schema)} ELSE hash END
      FROM new
    )
    SELECT place::integer, 'accepted', id, NULL::text, sequence::double precision, ${schema}.milliseconds(now),
      ${schema}.milliseconds(due_at), held
    FROM new;

    PERFORM ${schema}.announce(sequences, 'accepted', now);
    IF strpos(documents, '"depends_on":"') > 0 THEN
      SELECT array_agg(sequence ORDER BY sequence) INTO all_held FROM ${schema}.deliveries
      WHERE sequence = ANY (sequences) AND reason_code = '${saleRejectedReason.code}';
      PERFORM ${schema}.announce(all_held, 'held', now);
    END IF;
    PERFORM pg_notify('${channel}', sender);
  END $$;
`;

/**
 * The way to accept from version 4 on: what was `accept` is `accept_each`. Only under `read committed` does a
 * statement see what was committed before it began, which the look-up of the group relies on.
 */
export const acceptGroupFunctions = (schema: string, channel: string) => `
  ALTER FUNCTION ${schema}.accept(text, boolean, text) RENAME TO accept_each;
  ${acceptTogether(schema, channel)}
  CREATE FUNCTION ${schema}.accept(documents text, patient boolean, sender text) RETURNS TABLE (${answer}
  ) LANGUAGE plpgsql ${functionSettings} AS $$
  BEGIN
    IF NOT patient AND json_array_length(documents::json) > 1
      AND current_setting('transaction_isolation') = 'read committed'
    THEN
      RETURN QUERY SELECT * FROM ${schema}.accept_together(documents, sender);
      IF FOUND THEN RETURN; END IF;
    END IF;
    RETURN QUERY SELECT * FROM ${schema}.accept_each(documents, patient, sender);
  END $$;
`;
