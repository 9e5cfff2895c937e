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
 *
 * `after_end` does what follows when entries have become final: unique keys released, handlers notified,
 * dependents reviewed, the next entries made due. `ended` are the numbers of their queues, and of the sales
 * that they are. It answers what is held from now on.
 */
export const queueFunctions = `
  CREATE FUNCTION fiscalkit.wake_queues(queues bigint[], now bigint) RETURNS bigint[]
  LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan AS $$
  DECLARE
    others bigint[];
    held bigint[];
    ready bigint[] := queues;
  BEGIN
    SELECT reviewed.queues, reviewed.held INTO others, held FROM fiscalkit.review_waiting(queues, now) AS reviewed;
    IF others IS NOT NULL THEN
      WITH tried AS MATERIALIZED (
        SELECT queue, pg_try_advisory_xact_lock(queue) AS locked FROM unnest(others) AS queue
      ), unseen AS (
        INSERT INTO fiscalkit.unseen_queues (queue) SELECT queue FROM tried WHERE NOT locked
      )
      SELECT queues || array_agg(queue) FILTER (WHERE locked) INTO ready FROM tried;
    END IF;
    -- The CASE keeps the plan from an index of all that is unfinished, which must be read whole to find a sequence.
    UPDATE fiscalkit.deliveries AS d SET due_at = now
    FROM (SELECT DISTINCT queue FROM unnest(ready) AS queue) AS woken, fiscalkit.entries AS e
    WHERE d.sequence = (
      SELECT first.sequence FROM fiscalkit.deliveries AS first
      WHERE first.queue = woken.queue AND NOT first.is_final AND first.awaits IS NULL
      ORDER BY first.sequence LIMIT 1
    ) AND CASE d.state WHEN 'accepted' THEN d.due_at IS NULL ELSE false END AND e.sequence = d.sequence
    AND (e.depends_on IS NULL OR NOT EXISTS (
      SELECT FROM fiscalkit.deliveries AS other
      WHERE other.queue = d.queue AND other.sequence <> d.sequence
      AND NOT other.is_final AND other.last_attempt_at IS NOT NULL
    ));
    RETURN held;
  END $$;

  CREATE FUNCTION fiscalkit.look_at_unseen_queues(now bigint) RETURNS void
  LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan AS $$
  DECLARE
    numbers bigint[];
    queues bigint[];
  BEGIN
    SELECT array_agg(unseen.number), array_agg(unseen.queue) INTO numbers, queues
    FROM (SELECT number, queue FROM fiscalkit.unseen_queues ORDER BY number FOR UPDATE SKIP LOCKED) AS unseen
    WHERE pg_try_advisory_xact_lock(unseen.queue);
    -- Only this statement's snapshot is younger than the locks.
    PERFORM fiscalkit.wake_queues(queues, now);
    DELETE FROM fiscalkit.unseen_queues WHERE number = ANY (numbers);
  END $$;

  CREATE FUNCTION fiscalkit.after_end(
    registered bigint[], rejected bigint[], ended bigint[], now bigint
  ) RETURNS bigint[] LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan AS $$
  DECLARE
    ready bigint[];
  BEGIN
    IF rejected IS NOT NULL THEN
      DELETE FROM fiscalkit.unique_keys WHERE kind = 'claim' AND sequence = ANY (rejected);
    END IF;
    PERFORM fiscalkit.announce(registered, 'registered', now);
    PERFORM fiscalkit.announce(rejected, 'rejected', now);
    IF ended IS NULL THEN RETURN NULL; END IF;
    WITH tried AS MATERIALIZED (
      SELECT queue, pg_try_advisory_xact_lock(queue) AS locked FROM unnest(ended) AS queue WHERE queue IS NOT NULL
    ), unseen AS (
      INSERT INTO fiscalkit.unseen_queues (queue) SELECT queue FROM tried WHERE NOT locked
    )
    SELECT array_agg(queue) FILTER (WHERE locked) INTO ready FROM tried;
    RETURN fiscalkit.wake_queues(ready, now);
  END $$;
`;
