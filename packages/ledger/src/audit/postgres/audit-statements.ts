/** Returns the statements of an audit; each reads the page after the key `$1`. */
export function auditStatements(schema: string) {
  const journalColumns = `position::double precision, entry_id, version, at::double precision, from_state::text,
    to_state::text, details, encode(hash, 'hex') AS hash`;
  return {
    marks: {
      text: `SELECT
        (SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM ${schema}.journal_positions)::double precision
          AS "lastPosition",
        (SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM ${schema}.entries_sequence_seq)::double precision
          AS "lastSequence",
        (SELECT seals FROM ${schema}.seal_counter)::double precision AS "lastSeal",
        (SELECT coalesce(sum(entries), 0) FROM ${schema}.finished)::double precision AS finished`,
    },
    seals: {
      text: `SELECT number::text AS key, number::double precision, first_position::double precision AS "firstPosition",
        last_position::double precision AS "lastPosition", rows::double precision, hash, outline AS manifest
        FROM ${schema}.seals AS s WHERE s.number > $1 ORDER BY s.number LIMIT 50`,
    },
    rows: {
      text: `SELECT position::text AS key, position::double precision, entry_id AS "entryId", version,
          encode(hash, 'hex') AS hash
        FROM ${schema}.journal AS j WHERE j.position > $1 ORDER BY j.position LIMIT 5000`,
    },
    entries: {
      text: `SELECT e.raw_sequence::text AS key, e.*,
          d.provider = e.provider AND d.merchant = e.merchant AND d.accepted_at = e.raw_accepted_at
            AND d.queue = ${schema}.name_number('order', '', e.ordering_key)
            AND d.reason_code IS NOT DISTINCT FROM d.reason ->> 'code'
            AND (d.awaits IS NULL OR coalesce(d.awaits = frozen.awaited, false)) AS "deliveryAgrees",
          frozen.key = ${schema}.entry_key(e.merchant, e.idempotency_key)
            AND frozen.sale IS NOT DISTINCT FROM CASE WHEN e.operation = 'receipt' AND e.operation_type IN ('sell', 'buy')
              THEN ${schema}.name_number('sale', e.merchant, e.operation_type || ':' || e.payment_id) END
            AND frozen.awaited IS NOT DISTINCT FROM
              ${schema}.name_number('sale', e.merchant, e.depends_on || ':' || e.payment_id) AS "numbersAgree",
          array_to_json(ARRAY(
            SELECT u.name FROM ${schema}.unique_keys AS u
            WHERE u.kind = 'claim' AND u.sequence = e.raw_sequence AND u.merchant = e.merchant
          ))::text AS "heldKeys"
        FROM ${schema}.entry_rows AS e JOIN ${schema}.deliveries AS d ON d.sequence = e.raw_sequence
        JOIN ${schema}.entries AS frozen ON frozen.sequence = e.raw_sequence
        WHERE e.raw_sequence > $1 ORDER BY e.raw_sequence LIMIT 500`,
    },
    /** Not a page: the journal of the entries `$1`. */
    journal: {
      text: `SELECT ${journalColumns} FROM ${schema}.journal AS j WHERE entry_id = ANY ($1::text[]) ORDER BY entry_id, version`,
    },
    orphans: {
      text: `SELECT position::text AS key, ${journalColumns} FROM ${schema}.journal AS j
        WHERE j.position > $1 AND NOT EXISTS (SELECT FROM ${schema}.entry_rows AS e WHERE e.id = j.entry_id)
        ORDER BY j.position LIMIT 1000`,
    },
    row: {
      text: `SELECT ${journalColumns} FROM ${schema}.journal AS j WHERE entry_id = $1 AND version = $2`,
    },
    entry: { text: `SELECT FROM ${schema}.entry_rows WHERE id = $1` },
    /** Not a page: the tables of the schema `$1` that are guarded against rewriting. */
    guards: {
      text: `SELECT c.relname AS table FROM pg_trigger AS t JOIN pg_class AS c ON c.oid = t.tgrelid
        JOIN pg_namespace AS n ON n.oid = c.relnamespace JOIN pg_proc AS p ON p.oid = t.tgfoid
        WHERE n.nspname = $1 AND t.tgname = 'append_only' AND t.tgenabled IN ('O', 'A') AND t.tgqual IS NULL
        AND t.tgtype = ${beforeUpdateDeleteTruncate} AND p.prosrc LIKE '%RAISE EXCEPTION%'`,
    },
  };
}

/**
 * Value of pg_trigger.tgtype for BEFORE (2) DELETE (8), UPDATE (16) and TRUNCATE (32), once for each
 * statement.
 */
const beforeUpdateDeleteTruncate = 2 + 8 + 16 + 32;
