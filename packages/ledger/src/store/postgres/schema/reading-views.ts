/**
 * The store's clock, and entries as `EntryRow` names them. The view's columns are of types that every driver and ORM reads
 * alike, whatever type parsers are set: numbers as `double precision` (exact up to 2^53), JSON as text. The columns with
 * `raw_` are for conditions and order, where an index must serve.
 */
export const readingViews = (schema: string) => `
  CREATE FUNCTION ${schema}.clock() RETURNS timestamptz LANGUAGE sql VOLATILE AS $$
    SELECT date_trunc('milliseconds', clock_timestamp())
  $$;

  CREATE FUNCTION ${schema}.milliseconds(at timestamptz) RETURNS double precision LANGUAGE sql STABLE AS $$
    SELECT (extract(epoch FROM at) * 1000)::double precision
  $$;

  ${entryRowsView(schema)}
`;

/** Entries as `EntryRow` names them. */
export const entryRowsView = (schema: string) => `
  CREATE VIEW ${schema}.entry_rows AS SELECT
    entries.sequence AS raw_sequence,
    entries.accepted_at AS raw_accepted_at,
    entries.position_names,
    deliveries.queue,
    entries.sequence::double precision,
    entries.id,
    entries.merchant,
    entries.provider,
    deliveries.account,
    entries.operation,
    entries.idempotency_key,
    entries.content_digest,
    entries.claims::text,
    entries.ordering_key,
    entries.payment_id,
    entries.operation_type,
    entries.total_minor::double precision,
    entries.document::text,
    entries.reference,
    ${schema}.milliseconds(entries.business_time) AS business_time,
    entries.body,
    entries.depends_on,
    ${schema}.milliseconds(entries.accepted_at) AS accepted_at,
    deliveries.state,
    ${schema}.milliseconds(deliveries.changed_at) AS changed_at,
    ${schema}.milliseconds(deliveries.due_at) AS due_at,
    deliveries.worker,
    deliveries.fence::double precision,
    deliveries.attempts,
    deliveries.failures,
    ${schema}.milliseconds(deliveries.first_attempt_at) AS first_attempt_at,
    ${schema}.milliseconds(deliveries.last_attempt_at) AS last_attempt_at,
    deliveries.provider_document_id,
    deliveries.registration::text,
    deliveries.reason::text,
    CASE WHEN deliveries.awaits IS NOT NULL THEN entries.depends_on END AS awaits,
    deliveries.version,
    deliveries.hash
  FROM ${schema}.entries JOIN ${schema}.deliveries ON deliveries.sequence = entries.sequence;
`;
