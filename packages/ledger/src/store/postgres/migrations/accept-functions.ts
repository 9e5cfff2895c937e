/**
 * The way to accept entries, for the store itself and inside any caller's transaction.
 *
 * Every name that an entry holds (its ordering key, its idempotency key, its unique keys) or waits for (the
 * sale that it depends on) is locked until the transaction ends, before anything is looked up. Hence:
 * - The look-up sees all that others have written under these names, and nobody writes more: races end in a
 *   replay or a conflict, never in an error.
 * - The sequence of an entry is drawn only when no other transaction has an uncommitted entry of the same
 *   ordering key. So no entry can appear later with a lower sequence, and what was accepted first is never
 *   overtaken.
 *
 * `accept_group` is for groups of the store's own, which nearly all are plain: no two entries share a name or
 * are of one payment (the latter is for the store to see to), all names are free and no lock is held, nobody has
 * a twin, nor a payment of which something was rejected, as the correction of that would be a twin. It writes
 * each table with one statement. Of any other group it stores nothing and answers no rows; `accept_each`, the
 * rule for all cases, then takes its entries one by one. What a client can work out as well comes from it:
 * numbers, keys, details of the journal. The documents and frozen bytes of a group come in one value,
 * `contents`, each pair behind the last.
 *
 * A group never waits for a caller's open transaction: what that holds is answered as `busy`. `accept_each`
 * is `patient` within a caller's own transaction, which already has the locks: see `accept_within`.
 *
 * Under a fixed snapshot (repeatable read) the look-up may miss what was committed meanwhile, a twin among it.
 * So the store's own transactions are refused there, and it begins them anew. A caller's is ended by the unique
 * keys, with a serialization failure, as the caller of that level expects; and an entry that seems to wait for
 * an earlier one is listed for `wake_queues`, because the end of the earlier one may be what was missed. So is
 * the sale that an entry depends on unless it is seen to be registered; the entry waits until somebody has
 * looked who sees all.
 *
 * `OFFSET 0` and `LIMIT 1` keep each look-up to itself: a plan that was made while the tables were empty
 * would read all entries and all that waits instead.
 */
export const acceptFunctions = `
  CREATE FUNCTION fiscalkit.accept_group(
    sender text, locks bigint[], keys uuid[], queues bigint[], sales bigint[], awaited_sales bigint[],
    ids text[], merchants text[], providers text[], accounts text[], operations text[], operation_types text[],
    dependencies text[], payment_ids text[], ordering_keys text[], idempotency_keys text[], content_digests text[],
    unique_keys text[], unique_key_names text[], unique_key_places integer[], refers text[], totals bigint[],
    business_times bigint[], names_of_positions text[], minds_twins boolean[], all_details text[],
    contents bytea, starts integer[], document_lengths integer[], body_lengths integer[]
  ) RETURNS TABLE (
    place integer, kind text, id text, "over" text,
    sequence double precision, accepted_at double precision, due_at double precision, held boolean
  ) LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan AS $$
  #variable_conflict use_column
  DECLARE
    now bigint;
    is_free boolean;
    sequences bigint[];
    sale_states text[];
  BEGIN
    -- Only under read committed does a statement see what was committed before it began.
    IF current_setting('transaction_isolation') <> 'read committed' THEN RETURN; END IF;
    SELECT bool_and(pg_try_advisory_xact_lock(number)) AND count(*) = count(DISTINCT number) INTO is_free
    FROM unnest(locks) AS number;
    IF is_free IS NOT TRUE THEN RETURN; END IF;

    -- Only this statement's snapshot is younger than the locks.
    IF EXISTS (
      SELECT FROM unnest(keys) AS new (key)
      CROSS JOIN LATERAL (SELECT FROM fiscalkit.entries AS e WHERE e.key = new.key OFFSET 0) AS held
    ) OR EXISTS (
      SELECT FROM unnest(unique_key_names, unique_key_places) AS new (name, place)
      CROSS JOIN LATERAL (
        SELECT FROM fiscalkit.unique_keys AS u
        WHERE u.name = new.name AND u.kind = 'claim' AND u.merchant = merchants[new.place]
        OFFSET 0
      ) AS held
    ) OR EXISTS (
      SELECT FROM unnest(minds_twins, merchants, operations, payment_ids, content_digests, starts, document_lengths)
        AS new (minds_twins, merchant, operation, payment_id, content_digest, start, length)
      CROSS JOIN LATERAL (
        SELECT FROM fiscalkit.entries AS e JOIN fiscalkit.deliveries AS d ON d.sequence = e.sequence
        WHERE e.payment_id = new.payment_id AND e.merchant = new.merchant AND e.operation = new.operation
        AND (e.content_digest = new.content_digest OR d.state = 'rejected'
          OR e.document = convert_from(substr(contents, new.start, new.length), 'UTF8'))
        LIMIT 1
      ) AS perhaps WHERE new.minds_twins
    ) THEN RETURN; END IF;

    now := fiscalkit.clock();
    sequences := ARRAY(SELECT nextval('fiscalkit.entries_sequence_seq') FROM unnest(keys));
    sale_states := ARRAY(
      SELECT CASE WHEN depends_on IS NOT NULL THEN
        fiscalkit.sale_state(merchant, payment_id, operation_type, depends_on)
      END
      FROM unnest(dependencies, merchants, payment_ids, operation_types)
        AS new (depends_on, merchant, payment_id, operation_type)
    );
    RETURN QUERY WITH new AS MATERIALIZED (
      SELECT given.*, sequences[given.place] AS sequence,
        fiscalkit.journal_hash(given.id, 1, now, NULL, 'accepted', given.details, NULL) AS hash,
        CASE WHEN sale_states[given.place] IN ('open', 'rejected') THEN given.awaited END AS awaits,
        CASE WHEN sale_states[given.place] IN ('open', 'rejected') OR (
          SELECT true FROM fiscalkit.deliveries AS d
          WHERE d.queue = given.queue AND NOT d.is_final AND d.awaits IS NULL
          ORDER BY d.sequence LIMIT 1
        ) THEN NULL ELSE now END AS due_at
      FROM unnest(
        keys, queues, sales, awaited_sales, ids, merchants, providers, accounts, operations, operation_types,
        dependencies, payment_ids, ordering_keys, idempotency_keys, content_digests, unique_keys, refers, totals,
        business_times, names_of_positions, all_details
      ) WITH ORDINALITY AS given (
        key, queue, own_sale, awaited, id, merchant, provider, account, operation, operation_type,
        depends_on, payment_id, ordering_key, idempotency_key, content_digest, claims, reference, total_minor,
        business_time, position_names, details, place
      )
    ), stored AS (
      INSERT INTO fiscalkit.entries (
        sequence, accepted_at, business_time, total_minor, sale, awaited, key, id, merchant, provider, operation,
        operation_type, depends_on, payment_id, ordering_key, idempotency_key, content_digest, claims, reference,
        position_names, document, body
      ) OVERRIDING SYSTEM VALUE
      SELECT sequence, now, business_time, total_minor, own_sale, awaited, key, id, merchant, provider, operation,
        operation_type, depends_on, payment_id, ordering_key, idempotency_key, content_digest, claims, reference,
        position_names, convert_from(substr(contents, starts[place], document_lengths[place]), 'UTF8'),
        substr(contents, starts[place] + document_lengths[place], body_lengths[place])
      FROM new
    ), named AS (
      INSERT INTO fiscalkit.unique_keys (name, kind, merchant, sequence)
      SELECT name, 'claim', merchants[place], sequences[place]
      FROM unnest(unique_key_names, unique_key_places) AS unique_key (name, place)
    ), noted AS (
      INSERT INTO fiscalkit.journal (entry_id, version, at, from_state, to_state, details, hash)
      SELECT id, 1, now, NULL::fiscalkit.entry_state, 'accepted', details, hash FROM new
    ), queued AS (
      INSERT INTO fiscalkit.deliveries (
        sequence, queue, accepted_at, provider, merchant, account, changed_at, due_at, fence, awaits, attempts, failures,
        version, state, outage, hash
      ) SELECT sequence, queue, now, provider, merchant, account, now, due_at, 0, awaits, 0, 0, 1, 'accepted', false, hash
      FROM new
    )
    SELECT place::integer, 'accepted', id, NULL::text, sequence::double precision, now::double precision,
      due_at::double precision, sale_states[place] IS NOT DISTINCT FROM 'rejected'
    FROM new;

    PERFORM fiscalkit.announce(sequences, 'accepted', now);
    PERFORM fiscalkit.hold(ARRAY(
      SELECT sequences[place] FROM unnest(sale_states) WITH ORDINALITY AS told (sale, place) WHERE sale = 'rejected'
    ), now);
    PERFORM pg_notify('fiscalkit_accepted', sender);
  END $$;

  CREATE FUNCTION fiscalkit.accept_each(documents text, patient boolean, sender text) RETURNS TABLE (
    place integer, kind text, id text, "over" text,
    sequence double precision, accepted_at double precision, due_at double precision, held boolean
  ) LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan AS $$
  #variable_conflict use_column
  DECLARE
    entry record;
    holder record;
    locked boolean;
    now bigint;
    due bigint;
    sale text;
    awaited bigint;
    added bigint;
    all_added bigint[] := '{}';
    all_held bigint[] := '{}';
    is_fixed boolean := current_setting('transaction_isolation') <> 'read committed';
  BEGIN
    IF is_fixed AND NOT patient THEN
      RAISE EXCEPTION 'the ledger is written in read committed transactions' USING ERRCODE = 'FK001';
    END IF;
    FOR entry IN
      SELECT new.*, (row_number() OVER ())::integer AS place FROM json_to_recordset(documents::json) AS new (
        key uuid, queue bigint, sale bigint, awaited bigint, locks bigint[], id text, merchant text, provider text,
        account text, operation text, operation_type text, depends_on text, payment_id text, ordering_key text,
        idempotency_key text, content_digest text, claims text, unique_keys text[], reference text, total_minor bigint,
        business_time bigint, position_names text, document text, body text, details text, on_twin text
      )
    LOOP
      place := entry.place;
      id := entry.id;
      "over" := NULL; sequence := NULL; accepted_at := NULL; due_at := NULL; held := NULL;

      IF NOT patient THEN
        SELECT bool_and(pg_try_advisory_xact_lock(number)) INTO locked FROM unnest(entry.locks) AS number;
        IF NOT locked THEN
          kind := 'busy';
          RETURN NEXT;
          CONTINUE;
        END IF;
      END IF;

      SELECT held.* INTO holder FROM (
        SELECT 0 AS rank, 'idempotency-key' AS over, e.sequence FROM fiscalkit.entries AS e WHERE e.key = entry.key
        UNION ALL
        SELECT claim.rank, claim.name, u.sequence FROM unnest(entry.unique_keys) WITH ORDINALITY AS claim (name, rank)
        JOIN fiscalkit.unique_keys AS u
        ON u.name = claim.name AND u.kind = 'claim' AND u.merchant = entry.merchant
      ) AS asked
      CROSS JOIN LATERAL (
        SELECT asked.over, e.id, e.sequence, e.content_digest = entry.content_digest
          OR e.operation = entry.operation AND e.document = entry.document AS is_same
        FROM fiscalkit.entries AS e WHERE e.sequence = asked.sequence
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
        SELECT twin.* INTO holder FROM fiscalkit.live_twin(
          entry.merchant, entry.operation, entry.payment_id, entry.content_digest, entry.idempotency_key, entry.document
        ) AS twin;
        IF FOUND THEN
          kind := CASE entry.on_twin WHEN 'replay' THEN 'replayed' ELSE 'twin' END;
          id := holder.id;
          "over" := CASE WHEN kind = 'twin' THEN holder.state END;
          sequence := holder.sequence;
          RETURN NEXT;
          CONTINUE;
        END IF;
      END IF;

      now := fiscalkit.clock();
      due := CASE WHEN EXISTS (
        SELECT FROM fiscalkit.deliveries AS d
        WHERE d.queue = entry.queue AND NOT d.is_final AND d.awaits IS NULL
      ) THEN NULL ELSE now END;
      awaited := NULL;
      held := false;
      IF entry.depends_on IS NOT NULL THEN
        sale := fiscalkit.sale_state(entry.merchant, entry.payment_id, entry.operation_type, entry.depends_on);
        IF is_fixed AND sale IS DISTINCT FROM 'registered' THEN sale := 'open'; END IF;
        IF sale IN ('open', 'rejected') THEN
          awaited := entry.awaited;
          due := NULL;
          held := sale = 'rejected';
        END IF;
      END IF;

      INSERT INTO fiscalkit.entries (
        accepted_at, business_time, total_minor, sale, awaited, key, id, merchant, provider, operation, operation_type,
        depends_on, payment_id, ordering_key, idempotency_key, content_digest, claims, reference, position_names,
        document, body
      ) VALUES (
        now, entry.business_time, entry.total_minor, entry.sale, entry.awaited, entry.key, entry.id, entry.merchant,
        entry.provider, entry.operation, entry.operation_type, entry.depends_on, entry.payment_id, entry.ordering_key,
        entry.idempotency_key, entry.content_digest, entry.claims, entry.reference, entry.position_names,
        entry.document, decode(entry.body, 'base64')
      ) ON CONFLICT (key) DO NOTHING RETURNING entries.sequence INTO STRICT added;

      INSERT INTO fiscalkit.unique_keys (name, kind, merchant, sequence)
      SELECT DISTINCT name, 'claim', entry.merchant, added FROM unnest(entry.unique_keys) AS name
      ON CONFLICT DO NOTHING;

      WITH noted AS (
        INSERT INTO fiscalkit.journal (entry_id, version, at, from_state, to_state, details, hash)
        VALUES (entry.id, 1, now, NULL, 'accepted', entry.details,
          fiscalkit.journal_hash(entry.id, 1, now, NULL, 'accepted', entry.details, NULL))
        RETURNING hash
      )
      INSERT INTO fiscalkit.deliveries (
        sequence, queue, accepted_at, provider, merchant, account, changed_at, due_at, fence, awaits, attempts, failures,
        version, state, outage, hash
      ) SELECT added, entry.queue, now, entry.provider, entry.merchant, entry.account, now, due, 0, awaited, 0, 0,
        1, 'accepted', false, noted.hash FROM noted;

      IF due IS NULL AND is_fixed THEN
        INSERT INTO fiscalkit.unseen_queues (queue)
        SELECT queue FROM unnest(ARRAY[entry.queue, awaited]) AS queue WHERE queue IS NOT NULL;
      END IF;

      all_added := all_added || added;
      IF held THEN all_held := all_held || added; END IF;
      kind := 'accepted';
      sequence := added;
      accepted_at := now;
      due_at := due;
      RETURN NEXT;
    END LOOP;

    PERFORM fiscalkit.announce(all_added, 'accepted', now);
    PERFORM fiscalkit.hold(all_held, now);
    -- Also for an entry that waits: the one before it may have ended while this transaction was open.
    IF cardinality(all_added) > 0 THEN PERFORM pg_notify('fiscalkit_accepted', sender); END IF;
  END $$;
`;
