/**
 * What else there is of a payment: sales that an entry depends on, and twins.
 *
 * A delivery that waits for a sale has its number in `awaits`, and no due time, so that no claim takes it.
 * Whoever accepts such an entry holds the lock of that number, as whoever has ended a sale does: so either the
 * one sees that the sale has ended, or the other sees what waits for it, or the number is listed as unseen: see
 * `wake_queues`.
 *
 * `sale_state` looks at what an entry depends on: `registered`, `open` while it may still be, `rejected`, or
 * null where nothing was handed in. `hold` and `let_go` write what follows; `hold` answers what was not held
 * before. `review_waiting` does both for what awaits the numbers, and answers the queues in which something
 * goes on, and what is held from now on. It never waits: what another transaction has just locked is listed
 * as unseen.
 *
 * `live_twin` is the first live entry of the order that a new entry is for: one with its content or document,
 * or with that of another version of it, before or after a resubmission; no row for none. The lock of the
 * payment's order guards it.
 */
export const paymentFunctions = `
  CREATE FUNCTION fiscalkit.sale_state(
    merchant text, payment_id text, operation_type text, depends_on text
  ) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT CASE
      WHEN bool_or(d.state = 'registered') THEN 'registered'
      WHEN bool_or(d.state <> 'rejected') THEN 'open'
      WHEN count(*) > 0 THEN 'rejected'
    END
    FROM fiscalkit.entries AS e JOIN fiscalkit.deliveries AS d ON d.sequence = e.sequence
    WHERE e.payment_id = $2 AND e.merchant = $1 AND e.operation = 'receipt' AND e.operation_type = $4
    -- What is settled by a prepayment is no prepayment.
    AND ($3 <> $4 OR e.depends_on IS NULL)
  $$;

  CREATE FUNCTION fiscalkit.hold(sequences bigint[], now bigint) RETURNS bigint[]
  LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan AS $$
  DECLARE
    held bigint[];
  BEGIN
    IF coalesce(cardinality(sequences), 0) = 0 THEN RETURN NULL; END IF;
    WITH new AS MATERIALIZED (
      SELECT d.sequence, e.id, d.version + 1 AS version, d.hash
      FROM fiscalkit.deliveries AS d JOIN fiscalkit.entries AS e ON e.sequence = d.sequence
      WHERE d.sequence = ANY (sequences) AND d.reason_code IS DISTINCT FROM 'sale.rejected'
    ), changed AS (
      UPDATE fiscalkit.deliveries AS d SET
        reason = '{"code":"sale.rejected","message":"The sale of this payment was rejected. It has to be registered first, or a person has to decide."}',
        reason_code = 'sale.rejected',
        outage = false,
        version = new.version,
        hash = fiscalkit.journal_hash(
          new.id, new.version, now, 'accepted', 'accepted', '{"reason":"sale.rejected"}', new.hash)
      FROM new WHERE d.sequence = new.sequence
      RETURNING d.sequence, new.id, d.version, d.hash
    ), journalled AS (
      INSERT INTO fiscalkit.journal (entry_id, version, at, from_state, to_state, details, hash)
      SELECT id, version, now, 'accepted', 'accepted', '{"reason":"sale.rejected"}', hash FROM changed
    )
    SELECT array_agg(sequence ORDER BY sequence) INTO held FROM changed;
    PERFORM fiscalkit.announce(held, 'held', now);
    RETURN held;
  END $$;

  CREATE FUNCTION fiscalkit.let_go(sequences bigint[], now bigint) RETURNS void
  LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan AS $$
  BEGIN
    WITH waiting AS MATERIALIZED (
      SELECT d.sequence, e.id, d.version + 1 AS version, d.hash, coalesce(d.reason_code = 'sale.rejected', false) AS is_held
      FROM fiscalkit.deliveries AS d JOIN fiscalkit.entries AS e ON e.sequence = d.sequence
      WHERE d.sequence = ANY (sequences)
    ), changed AS (
      UPDATE fiscalkit.deliveries AS d SET
        awaits = NULL,
        reason = CASE WHEN waiting.is_held THEN NULL ELSE d.reason END,
        reason_code = CASE WHEN waiting.is_held THEN NULL ELSE d.reason_code END,
        version = CASE WHEN waiting.is_held THEN waiting.version ELSE d.version END,
        hash = CASE WHEN waiting.is_held THEN fiscalkit.journal_hash(
          waiting.id, waiting.version, now, 'accepted', 'accepted', '{}', waiting.hash) ELSE d.hash END
      FROM waiting WHERE d.sequence = waiting.sequence
      RETURNING waiting.id, waiting.is_held, d.version, d.hash
    )
    INSERT INTO fiscalkit.journal (entry_id, version, at, from_state, to_state, details, hash)
    SELECT id, version, now, 'accepted', 'accepted', '{}', hash FROM changed WHERE is_held;
  END $$;

  CREATE FUNCTION fiscalkit.review_waiting(numbers bigint[], now bigint, OUT queues bigint[], OUT held bigint[])
  LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan AS $$
  DECLARE
    waiting bigint[];
    rejected bigint[];
    going bigint[];
  BEGIN
    IF NOT EXISTS (SELECT FROM fiscalkit.deliveries WHERE awaits = ANY (numbers)) THEN RETURN; END IF;
    -- Said so, no index of what is unfinished seems to serve: they are accepted or parked.
    SELECT coalesce(array_agg(d.sequence), '{}') INTO waiting FROM (
      SELECT sequence FROM fiscalkit.deliveries WHERE awaits = ANY (numbers) AND state <> 'parked'
      ORDER BY sequence FOR UPDATE SKIP LOCKED
    ) AS d;
    INSERT INTO fiscalkit.unseen_queues (queue)
    SELECT DISTINCT awaits FROM fiscalkit.deliveries
    WHERE awaits = ANY (numbers) AND state <> 'parked' AND sequence <> ALL (waiting);

    SELECT array_agg(sequence) FILTER (WHERE sale = 'rejected'),
      array_agg(sequence) FILTER (WHERE sale IS DISTINCT FROM 'open' AND sale IS DISTINCT FROM 'rejected'),
      array_agg(DISTINCT queue) FILTER (WHERE sale IS DISTINCT FROM 'open' AND sale IS DISTINCT FROM 'rejected')
    INTO rejected, going, queues
    FROM (
      SELECT d.sequence, d.queue, fiscalkit.sale_state(e.merchant, e.payment_id, e.operation_type, e.depends_on) AS sale
      FROM fiscalkit.deliveries AS d JOIN fiscalkit.entries AS e ON e.sequence = d.sequence
      WHERE d.sequence = ANY (waiting)
    ) AS seen;
    held := fiscalkit.hold(rejected, now);
    PERFORM fiscalkit.let_go(going, now);
  END $$;

  CREATE FUNCTION fiscalkit.live_twin(
    new_merchant text, new_operation text, new_payment_id text, new_content_digest text, new_idempotency_key text,
    new_document text
  ) RETURNS TABLE (id text, sequence bigint, state text) LANGUAGE sql STABLE AS $$
    WITH RECURSIVE contents (digest) AS (
      (
        SELECT new_content_digest COLLATE "C"
        UNION ALL SELECT e.content_digest FROM fiscalkit.entries AS e
        WHERE e.id = CASE WHEN new_idempotency_key LIKE 'version:%' THEN substr(new_idempotency_key, 9) END
        AND e.merchant = new_merchant
        UNION ALL SELECT e.content_digest FROM fiscalkit.entries AS e
        WHERE e.payment_id = new_payment_id AND e.merchant = new_merchant AND e.operation = new_operation
        AND e.document = new_document
      )
      UNION SELECT other.content_digest FROM contents
      JOIN fiscalkit.entries AS same
      ON same.payment_id = new_payment_id AND same.merchant = new_merchant AND same.operation = new_operation
      AND same.content_digest = contents.digest
      CROSS JOIN LATERAL (
        SELECT e.content_digest FROM fiscalkit.entries AS e
        WHERE e.key = fiscalkit.entry_key(same.merchant, 'version:' || same.id)
        UNION ALL SELECT e.content_digest FROM fiscalkit.entries AS e
        WHERE e.id = CASE WHEN same.idempotency_key LIKE 'version:%' THEN substr(same.idempotency_key, 9) END
        AND e.merchant = same.merchant
      ) AS other
    )
    SELECT e.id, e.sequence, d.state::text FROM fiscalkit.entries AS e
    JOIN fiscalkit.deliveries AS d ON d.sequence = e.sequence
    WHERE e.payment_id = new_payment_id AND e.merchant = new_merchant AND e.operation = new_operation
    AND e.content_digest IN (SELECT digest FROM contents) AND d.state <> 'rejected'
    ORDER BY e.sequence LIMIT 1
  $$;
`;
