/**
 * Brings the next step of an entry forward, unless a worker holds it or it has another version by now: to now,
 * or to so long after the last that a hint brought forward. A worker whose lease has ended may still write
 * what it found before the hint, until another one claims the entry. Keeps the provider's id of the document
 * where one is given and none is known. Answers whether anything was written.
 */
export const hintFunction = `
  CREATE FUNCTION fiscalkit.hint(
    hinted_id text, hinted_version integer, every_ms double precision, document text, details text, sender text
  ) RETURNS boolean LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan AS $$
  DECLARE
    now bigint := fiscalkit.clock();
    hinted fiscalkit.deliveries;
    due bigint;
    new_hash bytea;
    is_news boolean;
  BEGIN
    SELECT d.* INTO hinted
    FROM fiscalkit.entries AS e JOIN fiscalkit.deliveries AS d ON d.sequence = e.sequence
    WHERE e.id = hinted_id AND d.version = hinted_version AND d.state IN ('pending', 'unknown')
    AND d.worker IS NULL
    FOR UPDATE OF d SKIP LOCKED;
    IF NOT FOUND THEN RETURN false; END IF;

    is_news := document IS NOT NULL AND hinted.provider_document_id IS NULL;
    IF is_news THEN
      new_hash := fiscalkit.journal_hash(
        hinted_id, hinted.version + 1, now, hinted.state, hinted.state, details, hinted.hash);
      INSERT INTO fiscalkit.journal (entry_id, version, at, from_state, to_state, details, hash)
      VALUES (hinted_id, hinted.version + 1, now, hinted.state, hinted.state, details, new_hash);
      UPDATE fiscalkit.deliveries AS d SET
        provider_document_id = document, version = d.version + 1, hash = new_hash
      WHERE d.sequence = hinted.sequence;
    END IF;

    due := greatest(now, hinted.hinted_at + ceil(every_ms)::bigint);
    UPDATE fiscalkit.deliveries AS d SET due_at = due, hinted_at = due, failures = greatest(d.failures - 1, 0)
    WHERE d.sequence = hinted.sequence AND d.due_at > due;
    IF NOT FOUND THEN RETURN is_news; END IF;
    PERFORM pg_notify('fiscalkit_accepted', sender);
    RETURN true;
  END $$;
`;
