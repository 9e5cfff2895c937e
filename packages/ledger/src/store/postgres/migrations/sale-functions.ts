import { heldDetails, releasedDetails, saleRejectedReason } from '../../../entry/sale-dependency.js';
import { functionSettings } from './schema-names.js';

const { code } = saleRejectedReason;

/** Number under which what awaits a receipt of this kind is found; `null` where nothing depends on it. */
export const saleNumber = (schema: string, entry: string) => `CASE
      WHEN ${entry}.operation = 'receipt' AND ${entry}.operation_type IN ('sell', 'buy')
      THEN ${schema}.name_number('sale', ${entry}.merchant, ${entry}.operation_type || ':' || ${entry}.payment_id)
    END`;

/** The number of what the entry depends on; `null` for one that depends on nothing. */
export const awaitedNumber = (schema: string, entry: string) =>
  `${schema}.name_number('sale', ${entry}.merchant, ${entry}.depends_on || ':' || ${entry}.payment_id)`;

/**
 * What depends on a sale. A delivery that waits for one has its number in `awaits`, and no due time, so that
 * no claim takes it. Whoever accepts such an entry holds the lock of that number, as whoever has ended a sale
 * does: so either the one sees that the sale has ended, or the other sees what waits for it, or the number is
 * listed as unseen: see `wake_queues`.
 *
 * `sale_state` looks at what an entry depends on: `registered`, `open` while it may still be, `rejected`, or
 * null where nothing was handed in. `hold` and `let_go` write what follows; `hold` answers what was not held
 * before. `review_waiting` does both for what awaits the numbers, and answers the queues in which something
 * goes on, and what is held from now on. It never waits: what another transaction has just locked is listed
 * as unseen.
 */
export const saleFunctions = (schema: string) => `
  CREATE OR REPLACE FUNCTION ${schema}.sale_state(merchant text, payment_id text, operation_type text, depends_on text) RETURNS text
  LANGUAGE sql STABLE AS $$
    SELECT CASE
      WHEN bool_or(d.state = 'registered') THEN 'registered'
      WHEN bool_or(d.state <> 'rejected') THEN 'open'
      WHEN count(*) > 0 THEN 'rejected'
    END
    FROM ${schema}.entries AS e JOIN ${schema}.deliveries AS d ON d.sequence = e.sequence
    WHERE e.payment_id = $2 AND e.merchant = $1 AND e.operation = 'receipt' AND e.operation_type = $4
    -- What is settled by a prepayment is no prepayment.
    AND ($3 <> $4 OR e.depends_on IS NULL)
  $$;

  CREATE OR REPLACE FUNCTION ${schema}.hold(sequences bigint[], now timestamptz) RETURNS bigint[]
  LANGUAGE plpgsql ${functionSettings} AS $$
  DECLARE
    held bigint[];
  BEGIN
    WITH new AS MATERIALIZED (
      SELECT d.sequence, e.id, d.version + 1 AS version, d.hash
      FROM ${schema}.deliveries AS d JOIN ${schema}.entries AS e ON e.sequence = d.sequence
      WHERE d.sequence = ANY (sequences) AND d.reason_code IS DISTINCT FROM '${code}'
    ), changed AS (
      UPDATE ${schema}.deliveries AS d SET
        reason = '${JSON.stringify(saleRejectedReason)}'::json,
        reason_code = '${code}',
        outage = false,
        version = new.version,
        hash = ${schema}.journal_hash(new.id, new.version, now, 'accepted', 'accepted', '${heldDetails}', new.hash)
      FROM new WHERE d.sequence = new.sequence
      RETURNING d.sequence, new.id, d.version, d.hash
    ), journalled AS (
      INSERT INTO ${schema}.journal (entry_id, version, at, from_state, to_state, details, hash)
      SELECT id, version, now, 'accepted', 'accepted', '${heldDetails}', hash FROM changed
    )
    SELECT array_agg(sequence ORDER BY sequence) INTO held FROM changed;
    PERFORM ${schema}.announce(held, 'held', now);
    RETURN held;
  END $$;

  CREATE OR REPLACE FUNCTION ${schema}.let_go(sequences bigint[], now timestamptz) RETURNS void
  LANGUAGE plpgsql ${functionSettings} AS $$
  BEGIN
    WITH waiting AS MATERIALIZED (
      SELECT d.sequence, e.id, d.version + 1 AS version, d.hash, coalesce(d.reason_code = '${code}', false) AS is_held
      FROM ${schema}.deliveries AS d JOIN ${schema}.entries AS e ON e.sequence = d.sequence
      WHERE d.sequence = ANY (sequences)
    ), changed AS (
      UPDATE ${schema}.deliveries AS d SET
        awaits = NULL,
        reason = CASE WHEN waiting.is_held THEN NULL ELSE d.reason END,
        reason_code = CASE WHEN waiting.is_held THEN NULL ELSE d.reason_code END,
        version = CASE WHEN waiting.is_held THEN waiting.version ELSE d.version END,
        hash = CASE WHEN waiting.is_held THEN ${schema}.journal_hash(
          waiting.id, waiting.version, now, 'accepted', 'accepted', '${releasedDetails}', waiting.hash) ELSE d.hash END
      FROM waiting WHERE d.sequence = waiting.sequence
      RETURNING waiting.id, waiting.is_held, d.version, d.hash
    )
    INSERT INTO ${schema}.journal (entry_id, version, at, from_state, to_state, details, hash)
    SELECT id, version, now, 'accepted', 'accepted', '${releasedDetails}', hash FROM changed WHERE is_held;
  END $$;

  CREATE OR REPLACE FUNCTION ${schema}.review_waiting(numbers bigint[], now timestamptz, OUT queues bigint[], OUT held bigint[])
  LANGUAGE plpgsql ${functionSettings} AS $$
  DECLARE
    waiting bigint[];
    rejected bigint[];
    going bigint[];
  BEGIN
    IF NOT EXISTS (SELECT FROM ${schema}.deliveries WHERE awaits = ANY (numbers)) THEN RETURN; END IF;
    -- Said so, no index of what is unfinished seems to serve: they are accepted or parked.
    SELECT coalesce(array_agg(d.sequence), '{}') INTO waiting FROM (
      SELECT sequence FROM ${schema}.deliveries WHERE awaits = ANY (numbers) AND state <> 'parked'
      ORDER BY sequence FOR UPDATE SKIP LOCKED
    ) AS d;
    INSERT INTO ${schema}.unseen_queues (queue)
    SELECT DISTINCT awaits FROM ${schema}.deliveries
    WHERE awaits = ANY (numbers) AND state <> 'parked' AND sequence <> ALL (waiting);

    SELECT array_agg(sequence) FILTER (WHERE sale = 'rejected'),
      array_agg(sequence) FILTER (WHERE sale IS DISTINCT FROM 'open' AND sale IS DISTINCT FROM 'rejected'),
      array_agg(DISTINCT queue) FILTER (WHERE sale IS DISTINCT FROM 'open' AND sale IS DISTINCT FROM 'rejected')
    INTO rejected, going, queues
    FROM (
      SELECT d.sequence, d.queue, ${schema}.sale_state(e.merchant, e.payment_id, e.operation_type, e.depends_on) AS sale
      FROM ${schema}.deliveries AS d JOIN ${schema}.entries AS e ON e.sequence = d.sequence
      WHERE d.sequence = ANY (waiting)
    ) AS seen;
    held := ${schema}.hold(rejected, now);
    PERFORM ${schema}.let_go(going, now);
  END $$;
`;
