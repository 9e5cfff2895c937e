/**
 * Accepts what was worked out from the entries of a payment, as a refund from what is left of its sale: stores all
 * or nothing, and nothing where the payment has a newer entry than the newest known. Whoever accepts a refund or a
 * closing receipt of the payment holds the lock of its sale.
 */
export const acceptTogetherFunction = `
  CREATE FUNCTION fiscalkit.accept_together(documents text, newest bigint, sender text) RETURNS json
  LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan AS $$
  #variable_conflict use_column
  DECLARE
    locked boolean;
    answers json;
    is_outdated boolean;
  BEGIN
    SELECT bool_and(pg_try_advisory_xact_lock(number)) INTO locked
    FROM json_to_recordset(documents::json) AS new (locks bigint[]), unnest(new.locks) AS number;
    IF NOT locked THEN RETURN '[{"kind":"busy"}]'::json; END IF;
    -- Only this statement's snapshot is younger than the locks.
    SELECT bool_or(EXISTS (
      SELECT FROM fiscalkit.entries AS e
      WHERE e.payment_id = new.payment_id AND e.merchant = new.merchant AND e.operation = new.operation
      AND e.sequence > newest
    )) INTO is_outdated
    FROM json_to_recordset(documents::json) AS new (payment_id text, merchant text, operation text);
    BEGIN
      SELECT json_agg(accepted ORDER BY accepted.place) INTO answers
      FROM fiscalkit.accept_each(documents, false, sender) AS accepted;
      IF EXISTS (SELECT FROM json_to_recordset(answers) AS answer (kind text) WHERE answer.kind = 'accepted')
      AND (is_outdated OR EXISTS (
        SELECT FROM json_to_recordset(answers) AS answer (kind text) WHERE answer.kind <> 'accepted'
      )) THEN
        RAISE EXCEPTION 'nothing is accepted in part' USING ERRCODE = 'FK003';
      END IF;
    EXCEPTION WHEN SQLSTATE 'FK003' THEN
      -- The rows are gone with this block; the answers are not.
      SELECT json_agg(CASE WHEN answer->>'kind' = 'accepted' THEN '{"kind":"outdated"}'::json ELSE answer END)
      INTO answers FROM json_array_elements(answers) AS answer;
    END;
    RETURN answers;
  END $$;
`;
