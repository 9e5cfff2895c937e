/**
 * When entries are due, per account and merchant. `waiting` goes from one to the next in the index, so that
 * it costs nothing how many entries lie between; `waiting_for` tells of some, and leaves out what waits for
 * an earlier entry: one that was accepted under a fixed snapshot can have a due time all the same. Entries
 * that workers hold stand before all that is not due yet, so `next_due` looks at those, and at one more.
 */
const waitingFunctions = `
  CREATE FUNCTION fiscalkit.next_due(
    asked_provider text, asked_account text, asked_merchant text, in_order boolean
  ) RETURNS bigint LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan AS $$
  DECLARE
    found record;
    soonest bigint;
  BEGIN
    FOR found IN
      SELECT d.due_at, d.lease_until FROM fiscalkit.deliveries AS d
      WHERE d.provider = asked_provider AND d.account = asked_account AND d.merchant = asked_merchant
      AND d.due_at IS NOT NULL
      AND (NOT in_order OR d.awaits IS NULL AND (d.last_attempt_at IS NOT NULL OR NOT EXISTS (
        SELECT FROM fiscalkit.deliveries AS earlier
        WHERE earlier.queue = d.queue AND earlier.sequence < d.sequence
        AND NOT earlier.is_final AND earlier.awaits IS NULL
      )))
      ORDER BY d.due_at
    LOOP
      soonest := least(soonest, coalesce(found.lease_until, found.due_at));
      EXIT WHEN found.lease_until IS NULL;
    END LOOP;
    RETURN soonest;
  END $$;

  CREATE FUNCTION fiscalkit.waiting(asked_provider text) RETURNS TABLE (
    account text, merchant text, due_at bigint
  ) LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan AS $$
  #variable_conflict use_column
  BEGIN
    -- What waits unseen has no due time: without this, nobody would look while nothing else is due.
    IF EXISTS (SELECT FROM fiscalkit.unseen_queues) THEN PERFORM fiscalkit.look_at_unseen_queues(fiscalkit.clock()); END IF;
    RETURN QUERY WITH RECURSIVE backlogs AS (
      (
        SELECT account, merchant FROM fiscalkit.deliveries
        WHERE provider = asked_provider AND due_at IS NOT NULL ORDER BY account, merchant LIMIT 1
      )
      UNION ALL
      SELECT next.* FROM backlogs CROSS JOIN LATERAL (
        SELECT d.account, d.merchant FROM fiscalkit.deliveries AS d
        WHERE d.provider = asked_provider AND d.due_at IS NOT NULL
        AND (d.account, d.merchant) > (backlogs.account, backlogs.merchant)
        ORDER BY d.account, d.merchant LIMIT 1
      ) AS next
    )
    SELECT account, merchant, fiscalkit.next_due(asked_provider, account, merchant, false) FROM backlogs;
  END $$;

  CREATE FUNCTION fiscalkit.waiting_for(asked_provider text, accounts text[], merchants text[]) RETURNS TABLE (
    account text, merchant text, due_at bigint
  ) LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan AS $$
  #variable_conflict use_column
  BEGIN
    RETURN QUERY SELECT * FROM (
      SELECT asked.account, asked.merchant,
        fiscalkit.next_due(asked_provider, asked.account, asked.merchant, true) AS due_at
      FROM unnest(accounts, merchants) AS asked (account, merchant)
      OFFSET 0
    ) AS told WHERE due_at IS NOT NULL;
  END $$;
`;

/**
 * Moves or holds what is due for an account which nobody delivers to; answers how many entries it moved, and
 * how many it held. What a vanished worker was sending becomes unknown first, as in a claim.
 */
const holdFunction = `
  CREATE FUNCTION fiscalkit.hold_account(
    asked_provider text, asked_account text, asked_merchant text, move_to text, moves_all boolean, held_reason text,
    due_for_ms double precision, most integer, moved_details text, held_details text
  ) RETURNS TABLE (moved integer, held integer) LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan AS $$
  DECLARE
    now bigint := fiscalkit.clock();
    held_code text := held_reason::json ->> 'code';
    lost record;
  BEGIN
    FOR lost IN
      SELECT d.*, e.id FROM fiscalkit.deliveries AS d JOIN fiscalkit.entries AS e ON e.sequence = d.sequence
      WHERE d.provider = asked_provider AND d.account = asked_account AND d.merchant = asked_merchant
      AND d.due_at IS NOT NULL AND d.lease_until <= now AND d.state = 'sending'
      FOR UPDATE OF d SKIP LOCKED
    LOOP
      WITH noted AS (
        INSERT INTO fiscalkit.journal (entry_id, version, at, from_state, to_state, details, hash)
        SELECT lost.id, lost.version + 1, now, 'sending', 'unknown', details,
          fiscalkit.journal_hash(lost.id, lost.version + 1, now, 'sending', 'unknown', details, lost.hash)
        FROM (SELECT '{"fence":' || lost.fence::text || ',"reason":"ledger.lease-lost","worker":'
          || to_json(lost.worker)::text || '}' AS details) AS told
        RETURNING version, hash
      )
      UPDATE fiscalkit.deliveries AS d SET
        state = 'unknown', changed_at = now, lease_until = NULL, worker = NULL, failures = d.failures + 1,
        reason = '{"code":"ledger.lease-lost","message":"The worker that was sending the document ended without writing a result."}'::json, reason_code = 'ledger.lease-lost', outage = false,
        version = noted.version, hash = noted.hash
      FROM noted WHERE d.sequence = lost.sequence;
    END LOOP;

    RETURN QUERY WITH strays AS MATERIALIZED (
      SELECT due.sequence, due.state, due.hash, due.version + 1 AS version, e.id, due.is_movable,
        CASE WHEN due.is_movable THEN moved_details ELSE held_details END AS details
      FROM (
        SELECT d.*, move_to IS NOT NULL AND (moves_all OR (
          d.state = 'accepted' AND d.attempts = 0 AND d.first_attempt_at IS NULL
          AND NOT EXISTS (SELECT FROM fiscalkit.restores AS r WHERE r.until > d.accepted_at)
        )) AS is_movable
        FROM fiscalkit.deliveries AS d
        WHERE d.provider = asked_provider AND d.account = asked_account AND d.merchant = asked_merchant
        AND d.due_at IS NOT NULL AND d.state <> 'sending' AND (d.lease_until IS NULL OR d.lease_until <= now)
        AND (due_for_ms IS NULL OR coalesce(d.lease_until, d.due_at) <= now - due_for_ms)
      ) AS due JOIN fiscalkit.entries AS e ON e.sequence = due.sequence
      WHERE due.is_movable OR coalesce(due.reason_code NOT IN (held_code, 'provider.doubtful'), true)
      LIMIT most
    ), locked AS MATERIALIZED (
      -- Apart, so that only what is changed is locked; what a worker has taken since has another version.
      SELECT strays.*,
        -- The same as isEarlierUnknown.
        coalesce(d.reason ->> 'earlierUnknown' = 'true', false)
          OR coalesce(d.reason_code = 'ledger.lease-lost', false) AND d.attempts > 1 AS is_earlier_unknown,
        coalesce(d.reason ->> 'calledDone' = 'true', false) AS is_called_done
      FROM strays JOIN fiscalkit.deliveries AS d
      ON d.sequence = strays.sequence AND d.version = strays.version - 1 AND (d.lease_until IS NULL OR d.lease_until <= now)
      FOR UPDATE OF d SKIP LOCKED
    ), changed AS (
      UPDATE fiscalkit.deliveries AS d SET
        account = CASE WHEN locked.is_movable THEN move_to ELSE d.account END,
        lease_until = NULL,
        worker = NULL,
        reason = CASE
          WHEN NOT locked.is_movable AND locked.is_earlier_unknown
          THEN (held_reason::jsonb || '{"earlierUnknown":true}')::json
          WHEN NOT locked.is_movable AND locked.is_called_done
          THEN (held_reason::jsonb || '{"calledDone":true}')::json
          WHEN NOT locked.is_movable THEN held_reason::json
          WHEN d.reason_code = 'provider.doubtful' OR locked.is_called_done THEN d.reason
          WHEN locked.is_earlier_unknown THEN '{"code":"ledger.sent-again","message":"It was sent again, and what became of an earlier attempt was never found out.","earlierUnknown":true}'::json
        END,
        reason_code = CASE
          WHEN NOT locked.is_movable THEN held_code
          WHEN d.reason_code = 'provider.doubtful' OR locked.is_called_done THEN d.reason_code
          WHEN locked.is_earlier_unknown THEN 'ledger.sent-again'
        END,
        outage = false,
        version = locked.version,
        hash = fiscalkit.journal_hash(
          locked.id, locked.version, now, locked.state, locked.state, locked.details, locked.hash)
      FROM locked WHERE d.sequence = locked.sequence
      RETURNING locked.id, locked.is_movable, locked.state, locked.details, d.version, d.hash
    ), journalled AS (
      INSERT INTO fiscalkit.journal (entry_id, version, at, from_state, to_state, details, hash)
      SELECT id, version, now, state, state, details, hash FROM changed
    )
    SELECT count(*) FILTER (WHERE is_movable)::integer, count(*) FILTER (WHERE NOT is_movable)::integer FROM changed;
  END $$;
`;

/** What deals with accounts beside the claim. */
export const accountFunctions = `${waitingFunctions}${holdFunction}`;
