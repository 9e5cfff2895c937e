import { leaseLostReason } from '../../../entry/doubt.js';
import { restoredReason, restoreGuardDetails } from '../../restore-guard.js';
import { functionSettings } from './schema-names.js';

/**
 * `wake_queues` makes the first entries of queues due that wait for nothing any more. `settle` calls it for
 * the entries that it finishes. When it can't have the lock of a queue, an accept is under way that may not
 * have seen the end of the entry before it, and which it can't see either: it lists the queue as unseen, and
 * the first claim that gets the lock looks again. So no entry is forgotten, and no result waits for a
 * caller's open transaction.
 *
 * Numbers of sales are given and listed like those of queues: what waits for them is looked at first, and
 * what goes on then is woken in its own queue, under the lock of that. It may have been overtaken, and then
 * goes after what is under way. It answers what is held from now on.
 */
export const queueFunctions = (schema: string) => `
  CREATE OR REPLACE FUNCTION ${schema}.wake_queues(queues bigint[], now timestamptz) RETURNS bigint[]
  LANGUAGE plpgsql ${functionSettings} AS $$
  DECLARE
    others bigint[];
    held bigint[];
    ready bigint[] := queues;
  BEGIN
    SELECT reviewed.queues, reviewed.held INTO others, held FROM ${schema}.review_waiting(queues, now) AS reviewed;
    IF others IS NOT NULL THEN
      WITH tried AS MATERIALIZED (
        SELECT queue, pg_try_advisory_xact_lock(queue) AS locked FROM unnest(others) AS queue
      ), unseen AS (
        INSERT INTO ${schema}.unseen_queues (queue) SELECT queue FROM tried WHERE NOT locked
      )
      SELECT queues || array_agg(queue) FILTER (WHERE locked) INTO ready FROM tried;
    END IF;
    -- The CASE keeps the plan from an index of all that is unfinished, which must be read whole to find a sequence.
    UPDATE ${schema}.deliveries AS d SET due_at = now
    FROM (SELECT DISTINCT queue FROM unnest(ready) AS queue) AS woken, ${schema}.entries AS e
    WHERE d.sequence = (
      SELECT first.sequence FROM ${schema}.deliveries AS first
      WHERE first.queue = woken.queue AND first.state NOT IN ('registered', 'rejected') AND first.awaits IS NULL
      ORDER BY first.sequence LIMIT 1
    ) AND CASE d.state WHEN 'accepted' THEN d.due_at IS NULL ELSE false END AND e.sequence = d.sequence
    AND (e.depends_on IS NULL OR ${noneIsBegun(schema)});
    RETURN held;
  END $$;

  CREATE OR REPLACE FUNCTION ${schema}.look_at_unseen_queues(now timestamptz) RETURNS void
  LANGUAGE plpgsql ${functionSettings} AS $$
  DECLARE
    numbers bigint[];
    queues bigint[];
  BEGIN
    SELECT array_agg(unseen.number), array_agg(unseen.queue) INTO numbers, queues
    FROM (SELECT number, queue FROM ${schema}.unseen_queues ORDER BY number FOR UPDATE SKIP LOCKED) AS unseen
    WHERE pg_try_advisory_xact_lock(unseen.queue);
    -- Only this statement's snapshot is younger than the locks.
    PERFORM ${schema}.wake_queues(queues, now);
    DELETE FROM ${schema}.unseen_queues WHERE number = ANY (numbers);
  END $$;
`;

/** What a claim minds besides, as SQL. */
export interface ClaimRestoreGuard {
  readonly variables: string;
  /** What is done first. */
  readonly first: string;
  /** What holds for a delivery `d` that may be handed out. */
  readonly condition: string;
}

const noRestoreGuard: ClaimRestoreGuard = { variables: '', first: '', condition: 'true' };

/** What a claim is asked for: so many entries of each of these merchants, for these accounts. */
const shareParameters = 'asked_provider text, accounts text[], merchants text[], limits integer[]';

/** What a claim may hand out now, as far as nobody else is just taking it. */
const dueDeliveries = (schema: string, condition: string) => `SELECT due.*
      FROM unnest(accounts, merchants, limits) AS share (account, merchant, most)
      CROSS JOIN LATERAL (
        SELECT d.* FROM ${schema}.deliveries AS d
        WHERE d.provider = asked_provider AND d.account = share.account AND d.merchant = share.merchant
        AND d.due_at <= now AND ${waitsForNone(schema)}
        AND ${condition}
        ORDER BY d.due_at LIMIT share.most
        FOR UPDATE OF d SKIP LOCKED
      ) AS due`;

/** Hands due entries to a worker. Rows that another worker is just taking are skipped, never waited for. */
export const claimFunction = (
  schema: string,
  { variables, first, condition }: ClaimRestoreGuard = noRestoreGuard,
) => `
  CREATE OR REPLACE FUNCTION ${schema}.claim(
    ${shareParameters}, lease_ms double precision, asking_worker text, lost_reason text
  ) RETURNS SETOF ${schema}.entry_rows LANGUAGE plpgsql ${functionSettings} AS $$
  DECLARE
    now timestamptz := ${schema}.clock();
    taken bigint[];
    ${variables}
  BEGIN
    IF EXISTS (SELECT FROM ${schema}.unseen_queues) THEN PERFORM ${schema}.look_at_unseen_queues(now); END IF;
    ${first}

    WITH due AS MATERIALIZED (
      ${dueDeliveries(schema, condition)}
    ), noted AS MATERIALIZED (
      SELECT due.sequence, due.state, due.hash, e.id, due.version + 1 AS version,
        CASE due.state WHEN 'accepted' THEN 'sending' WHEN 'sending' THEN 'unknown' ELSE due.state END AS next_state,
        CASE due.state
          WHEN 'accepted' THEN '{"attempt":' || (due.attempts + 1)::text || ',"fence":' || (due.fence + 1)::text
            || ',"worker":' || to_json(asking_worker)::text || '}'
          WHEN 'sending' THEN '{"fence":' || due.fence::text || ',"reason":' || (lost_reason::json -> 'code')::text
            || ',"worker":' || to_json(due.worker)::text || '}'
        END AS details
      FROM due JOIN ${schema}.entries AS e ON e.sequence = due.sequence
    ), changed AS (
      UPDATE ${schema}.deliveries AS d SET
        state = noted.next_state,
        changed_at = CASE WHEN noted.details IS NULL THEN d.changed_at ELSE now END,
        due_at = date_trunc('milliseconds', now + lease_ms * interval '1 millisecond'),
        worker = asking_worker,
        fence = d.fence + 1,
        attempts = d.attempts + (noted.next_state = 'sending')::integer,
        failures = d.failures + (noted.state = 'sending')::integer,
        first_attempt_at = CASE WHEN noted.next_state = 'sending' THEN coalesce(d.first_attempt_at, now)
          ELSE d.first_attempt_at END,
        last_attempt_at = CASE WHEN noted.next_state = 'sending' THEN now ELSE d.last_attempt_at END,
        reason = CASE WHEN noted.state = 'sending' THEN lost_reason::json ELSE d.reason END,
        reason_code = CASE WHEN noted.state = 'sending' THEN lost_reason::json ->> 'code' ELSE d.reason_code END,
        outage = d.outage AND noted.state <> 'sending',
        version = CASE WHEN noted.details IS NULL THEN d.version ELSE noted.version END,
        hash = CASE WHEN noted.details IS NULL THEN d.hash ELSE ${schema}.journal_hash(
          noted.id, noted.version, now, noted.state, noted.next_state, noted.details, noted.hash) END
      FROM noted WHERE d.sequence = noted.sequence
      RETURNING d.sequence, d.hash
    ), journalled AS (
      INSERT INTO ${schema}.journal (entry_id, version, at, from_state, to_state, details, hash)
      SELECT noted.id, noted.version, now, noted.state, noted.next_state, noted.details, changed.hash
      FROM noted JOIN changed ON changed.sequence = noted.sequence WHERE noted.details IS NOT NULL
    )
    SELECT array_agg(due.sequence ORDER BY due.due_at) INTO taken FROM due;

    RETURN QUERY SELECT rows.* FROM unnest(taken) WITH ORDINALITY AS claimed (sequence, place)
    JOIN ${schema}.entry_rows AS rows ON rows.raw_sequence = claimed.sequence ORDER BY claimed.place;
  END $$;
`;

/** The declared windows as one, the widest, in the record `restored`; all nulls when none was declared. */
const readRestores = (schema: string) => `
    SELECT max(declared_at) AS declared_at, min(since) AS since, max(until) AS until
    INTO STRICT restored FROM ${schema}.restores;`;

/**
 * The condition that an earlier life of the ledger may have sent the delivery `d`, which is about to be sent.
 */
const isDoubtful = `(
        d.state = 'accepted' AND d.accepted_at < restored.until
        AND (d.last_attempt_at IS NULL OR d.last_attempt_at < restored.declared_at)
      )`;

/** Lets a claim hand out no entry to be sent that is to be looked for first. */
export const claimRestoreGuard = (schema: string): ClaimRestoreGuard => ({
  variables: 'restored record;',
  first: `${readRestores(schema)}
    IF restored.until IS NOT NULL THEN PERFORM ${schema}.look_first(asked_provider, accounts, merchants, limits, now); END IF;`,
  // What has become due since the look is left for the next claim.
  condition: `${isDoubtful} IS NOT TRUE`,
});

/**
 * Makes entries that a claim would hand out to be sent `unknown`, when an earlier life of a restored ledger
 * may have sent them: the claim then hands them out to be found. The last attempt can't be later than the
 * declaration, because only a ledger that ended before it can have made one.
 */
export const restoreGuardFunction = (schema: string) => `
  CREATE OR REPLACE FUNCTION ${schema}.look_first(${shareParameters}, now timestamptz) RETURNS void
  LANGUAGE plpgsql ${functionSettings} AS $$
  DECLARE
    restored record;
  BEGIN
    ${readRestores(schema)}

    WITH due AS MATERIALIZED (
      ${dueDeliveries(schema, 'true')}
    ), doubted AS MATERIALIZED (
      SELECT d.sequence, d.version + 1 AS version, d.hash, e.id
      FROM due AS d JOIN ${schema}.entries AS e ON e.sequence = d.sequence WHERE ${isDoubtful}
    ), changed AS (
      UPDATE ${schema}.deliveries AS d SET
        state = 'unknown',
        changed_at = now,
        first_attempt_at = least(d.first_attempt_at, restored.since),
        last_attempt_at = restored.declared_at,
        reason = CASE WHEN ${isEarlierUnknown} THEN ${withEarlierUnknown(`'${JSON.stringify(restoredReason)}'`)}
          ELSE '${JSON.stringify(restoredReason)}'::json END,
        reason_code = '${restoredReason.code}',
        outage = false,
        version = doubted.version,
        hash = ${schema}.journal_hash(
          doubted.id, doubted.version, now, 'accepted', 'unknown', '${restoreGuardDetails}', doubted.hash)
      FROM doubted WHERE d.sequence = doubted.sequence
      RETURNING doubted.id, d.version, d.hash
    )
    INSERT INTO ${schema}.journal (entry_id, version, at, from_state, to_state, details, hash)
    SELECT id, version, now, 'accepted', 'unknown', '${restoreGuardDetails}', hash FROM changed;
  END $$;
`;

/**
 * The condition that an earlier attempt of the delivery `d` than the last was never found out; the same as
 * `isEarlierUnknown`.
 */
export const isEarlierUnknown = `(
          coalesce(d.reason ->> 'earlierUnknown' = 'true', false)
          OR coalesce(d.reason_code = '${leaseLostReason.code}', false) AND d.attempts > 1
        )`;

/** The reason, as JSON text, with the note that an earlier attempt was never found out. */
export const withEarlierUnknown = (reason: string) => `(${reason}::jsonb || '{"earlierUnknown":true}')::json`;

/**
 * Condition that no earlier entry of the delivery's queue is unfinished, except those that wait for a sale.
 */
export const isFirst = (schema: string) => `NOT EXISTS (
        SELECT FROM ${schema}.deliveries AS earlier
        WHERE earlier.queue = d.queue AND earlier.sequence < d.sequence
        AND earlier.state NOT IN ('registered', 'rejected') AND earlier.awaits IS NULL
      )`;

/**
 * The condition that the delivery `d` waits for no other, nor for a sale. What was begun goes on: one that
 * waited for a sale, and that it has overtaken, goes after it.
 */
export const waitsForNone = (schema: string) =>
  `d.awaits IS NULL AND (d.last_attempt_at IS NOT NULL OR ${isFirst(schema)})`;

/** The condition that nothing of the queue of the delivery `d` is under way. */
export const noneIsBegun = (schema: string) => `NOT EXISTS (
        SELECT FROM ${schema}.deliveries AS other
        WHERE other.queue = d.queue AND other.sequence <> d.sequence
        AND other.state NOT IN ('registered', 'rejected') AND other.last_attempt_at IS NOT NULL
      )`;
