import {
  type ReceiptReads,
  type ReceiptSliceQuery,
  receiptOperations,
  type SealMark,
  type StoredReceiptRow,
  storedReceiptOfRow,
} from '../receipt-reads.js';
import type { SchemaNames } from './migrations/schema-names.js';
import type { RunStatement } from './postgres-database.js';
import { statement } from './statement.js';

const columns = `rows.sequence, rows.id, rows.provider, rows.account, rows.state, rows.accepted_at, rows.changed_at,
  rows.payment_id, rows.operation_type, rows.total_minor, rows.depends_on, rows.provider_document_id,
  rows.registration, rows.reason::json ->> 'code' AS reason_code,
  rows.document::json ->> 'receipt_format' AS receipt_format`;

/** Prepares the reads of any number of receipts, a slice at a time. */
export function prepareReceipts({ schema }: Pick<SchemaNames, 'schema'>, read: RunStatement): ReceiptReads {
  const ofPayments = statement(`
    WITH page AS MATERIALIZED (
      SELECT e.sequence FROM ${schema}.entries AS e
      WHERE e.payment_id = ANY ($1::text[]) AND e.merchant = $2 AND e.operation IN (${receiptOperations})
    )
    SELECT ${columns}, NULL AS document FROM page JOIN ${schema}.entry_rows AS rows ON rows.raw_sequence = page.sequence
    ORDER BY page.sequence`);
  const accepted = statement(`
    WITH page AS MATERIALIZED (
      SELECT e.sequence, e.accepted_at FROM ${schema}.entries AS e
      WHERE e.merchant = $1 AND e.accepted_at < $5::bigint
      AND (e.accepted_at, e.sequence) > ($2::bigint, $3::bigint) AND e.operation IN (${receiptOperations})
      ORDER BY e.accepted_at, e.sequence LIMIT $4
    )
    SELECT ${columns}, CASE WHEN $6 THEN rows.document END AS document
    FROM page JOIN ${schema}.entry_rows AS rows ON rows.raw_sequence = page.sequence
    ORDER BY page.accepted_at, page.sequence`);
  const late = statement(`
    WITH page AS MATERIALIZED (
      SELECT d.sequence, d.registered_late_at FROM ${schema}.deliveries AS d
      WHERE d.merchant = $1 AND d.registered_late_at IS NOT NULL
      AND (d.registered_late_at, d.sequence) > ($2::bigint, $3::bigint)
      AND EXISTS (
        SELECT FROM ${schema}.entries AS e WHERE e.sequence = d.sequence AND e.operation IN (${receiptOperations})
      )
      ORDER BY d.registered_late_at, d.sequence LIMIT $4
    )
    SELECT ${columns}, CASE WHEN $5 THEN rows.document END AS document
    FROM page JOIN ${schema}.entry_rows AS rows ON rows.raw_sequence = page.sequence
    ORDER BY page.registered_late_at, page.sequence`);
  const lastSeal = statement(
    `SELECT number::double precision, hash FROM ${schema}.seals ORDER BY seals.number DESC LIMIT 1`,
  );
  const slice = (from: Date, { merchant, behind, limit }: ReceiptSliceQuery) => [
    merchant,
    behind?.at ?? from.getTime(),
    behind?.sequence ?? 0,
    limit,
  ];
  const rows = async (...asked: Parameters<RunStatement>) =>
    (await read<StoredReceiptRow>(...asked)).map(storedReceiptOfRow);

  return {
    // No stored text has the character U+0000, and the database takes none in a list.
    receiptsOfPayments: ({ merchant, paymentIds }) =>
      rows(ofPayments, [paymentIds.filter((id) => !id.includes('\0')), merchant]),
    receiptsAccepted: ({ from, before, ...query }) =>
      rows(accepted, [...slice(from, query), before.getTime(), query.withDocuments]),
    receiptsRegisteredLate: ({ registeredFrom, ...query }) =>
      rows(late, [...slice(registeredFrom, query), query.withDocuments]),
    lastSeal: async () => (await read<SealMark>(lastSeal))[0] ?? null,
  };
}
