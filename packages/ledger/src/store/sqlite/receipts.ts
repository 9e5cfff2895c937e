import type { DatabaseSync } from 'node:sqlite';
import {
  type AcceptedReceiptsQuery,
  type LateReceiptsQuery,
  lateAfterMs,
  type PaymentsQuery,
  type ReceiptSliceQuery,
  receiptOperations,
  type SealMark,
  type StoredReceiptRow,
} from '../receipt-reads.js';
import { numberOfName } from './names.js';
import { prepareQuery } from './query.js';

const columns = `sequence, id, provider, account, state, accepted_at, changed_at, payment_id, operation_type,
  total_minor, depends_on, provider_document_id, registration, reason ->> '$.code' AS reason_code,
  document ->> '$.receipt_format' AS receipt_format`;
const withoutDocument = `${columns}, NULL AS document`;
const withDocument = `${columns}, CASE WHEN :withDocuments THEN document END AS document`;

const isMerchants = `merchant = ${numberOfName('merchant')}`;
const isReceipt = `operation IN (SELECT number FROM names WHERE name IN (${receiptOperations}))`;

/** Prepares the reads of any number of receipts, a slice at a time. */
export function prepareReceipts(database: DatabaseSync) {
  const ofPayments = prepareQuery<StoredReceiptRow>(
    database,
    `SELECT ${withoutDocument} FROM (
       SELECT sequence AS place FROM entries INDEXED BY entries_by_payment
       WHERE payment_id IN (SELECT value FROM json_each(:paymentIds)) AND ${isMerchants} AND ${isReceipt}
     ) CROSS JOIN entry_rows ON sequence = place ORDER BY place`,
  );
  const accepted = prepareQuery<StoredReceiptRow>(
    database,
    `SELECT ${withDocument} FROM (
       SELECT sequence AS place, accepted_at AS since FROM entries INDEXED BY entries_by_time
       WHERE ${isMerchants} AND accepted_at < :before AND (accepted_at, sequence) > (:behindAt, :behindSequence)
       AND ${isReceipt}
       ORDER BY accepted_at, sequence LIMIT CAST(:limit AS INTEGER)
     ) CROSS JOIN entry_rows ON sequence = place ORDER BY since, place`,
  );
  const late = prepareQuery<StoredReceiptRow>(
    database,
    `SELECT ${withDocument} FROM (
       SELECT sequence AS place, changed_at AS since FROM deliveries INDEXED BY deliveries_registered_late
       WHERE ${isMerchants} AND state = 'registered' AND changed_at - accepted_at > ${lateAfterMs}
       AND (changed_at, sequence) > (:behindAt, :behindSequence)
       AND EXISTS (SELECT 1 FROM entries WHERE entries.sequence = deliveries.sequence AND ${isReceipt})
       ORDER BY changed_at, sequence LIMIT CAST(:limit AS INTEGER)
     ) CROSS JOIN entry_rows ON sequence = place ORDER BY since, place`,
  );
  const lastSeal = prepareQuery<SealMark>(
    database,
    'SELECT number, lower(hex(hash)) AS hash FROM journal ORDER BY number DESC LIMIT 1',
  );
  // One bound alone: beside a second one, the index might be read from there, again with every slice.
  const slice = (from: Date, { merchant, behind, limit, withDocuments }: ReceiptSliceQuery) => ({
    merchant,
    limit,
    withDocuments: withDocuments ? 1 : 0,
    behindAt: behind?.at ?? from.getTime(),
    behindSequence: behind?.sequence ?? 0,
  });

  return {
    receiptsOfPayments: ({ merchant, paymentIds }: PaymentsQuery): StoredReceiptRow[] =>
      ofPayments.all({ merchant, paymentIds: JSON.stringify(paymentIds) }),
    receiptsAccepted: ({ from, before, ...query }: AcceptedReceiptsQuery): StoredReceiptRow[] =>
      accepted.all({ ...slice(from, query), before: before.getTime() }),
    receiptsRegisteredLate: ({ registeredFrom, ...query }: LateReceiptsQuery): StoredReceiptRow[] =>
      late.all(slice(registeredFrom, query)),
    lastSeal: (): SealMark | null => lastSeal.one() ?? null,
  };
}
